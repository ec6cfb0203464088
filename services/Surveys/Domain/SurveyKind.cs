namespace CustomerService.Surveys.Domain;

/// <summary>Who is asked, and when (C5.8.2).</summary>
internal enum SurveyKind
{
    /// <summary>Testers of our products; the form lies in the sample's package.</summary>
    A,

    /// <summary>Customers after a repair; sent by the system.</summary>
    B,

    /// <summary>Customers visited by sales.</summary>
    C,

    /// <summary>Special: a promotion, a random visit.</summary>
    D,
}
