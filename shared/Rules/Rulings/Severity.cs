namespace CustomerService.Rules;

/// <summary>How serious a complaint is; decides the targets (C1) and, at the top, who is called (C5.5.2).</summary>
public enum Severity
{
    /// <summary>An inconvenience; the product does what it is for.</summary>
    Minor = 1,

    /// <summary>An essential function is impaired.</summary>
    Major = 2,

    /// <summary>A major quality problem (C5.5.2): safety, structure, or the loss of an essential function.</summary>
    Critical = 3,
}
