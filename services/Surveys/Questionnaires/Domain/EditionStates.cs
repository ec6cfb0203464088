namespace CustomerService.Surveys.Questionnaires.Domain;

internal enum EditionState
{
    /// <summary>Being written; it can be looked at as customers would see it.</summary>
    Draft,

    /// <summary>Sent from its day on; it never changes again.</summary>
    Published,

    /// <summary>Given up before it was published.</summary>
    Discarded,
}

internal enum EditionAction
{
    /// <summary>Starts a version, as a copy or from nothing.</summary>
    Draft,

    Revise,
    Publish,
    Discard,
}
