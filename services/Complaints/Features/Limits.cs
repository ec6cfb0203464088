using FluentValidation;

namespace CustomerService.Complaints;

/// <summary>How long what people enter may be.</summary>
internal static class Limits
{
    public const int Code = 50;
    public const int Line = 200;
    public const int Text = 4000;

    /// <summary>Mandatory text.</summary>
    public static IRuleBuilderOptions<T, string> IsText<T>(this IRuleBuilder<T, string> rule, int limit = Text) =>
        rule.NotEmpty().MaximumLength(limit);

    /// <summary>A code: compared as it stands, so it has no space around it.</summary>
    public static IRuleBuilderOptions<T, string> IsCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.IsText(Code).Must(text => text is null || text.Trim() == text).WithErrorCode("surrounding-space");

    /// <summary>A code that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> MayBeCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MayBeText(Code).Must(text => text is null || text.Trim() == text).WithErrorCode("surrounding-space");

    /// <summary>Text that may be left out, but not be blank or too long.</summary>
    public static IRuleBuilderOptions<T, string?> MayBeText<T>(this IRuleBuilder<T, string?> rule, int limit = Text) =>
        rule.MaximumLength(limit).Must(text => text is null || !string.IsNullOrWhiteSpace(text)).WithErrorCode("blank");
}
