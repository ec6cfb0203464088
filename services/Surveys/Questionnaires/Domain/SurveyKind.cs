namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>Who is asked, and when (C5.8.2). Spelled by its letter everywhere.</summary>
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

/// <summary>Kinds as callers write them.</summary>
internal static class SurveyKinds
{
    /// <summary>One of the letters A to D; null for anything else, numbers too.</summary>
    public static SurveyKind? Parse(string? letter) =>
        letter switch
        {
            "A" => SurveyKind.A,
            "B" => SurveyKind.B,
            "C" => SurveyKind.C,
            "D" => SurveyKind.D,
            _ => null,
        };
}
