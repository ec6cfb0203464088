namespace CustomerService.Rules;

/// <summary>The five grades of the satisfaction survey (C5.8.3), from worst to best, so that they compare as
/// numbers.</summary>
public enum Grade
{
    /// <summary>不滿意. Triggers a complaint (C5.9).</summary>
    Dissatisfied = 1,

    /// <summary>不太滿意. Only warns (C5.9).</summary>
    RatherDissatisfied = 2,

    /// <summary>基本滿意. The lowest grade that counts as satisfied (C5.10).</summary>
    FairlySatisfied = 3,

    /// <summary>比較滿意.</summary>
    Satisfied = 4,

    /// <summary>很滿意.</summary>
    VerySatisfied = 5,
}
