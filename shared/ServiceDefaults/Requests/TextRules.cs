using CustomerService.Rules;
using FluentValidation;

namespace CustomerService.ServiceDefaults;

/// <summary>How long texts that people enter may be, in UTF-16 code units, the same in every service.</summary>
public static class TextLength
{
    /// <summary>A code, a number, a phone.</summary>
    public const int Code = 50;

    /// <summary>One line: a name, a subject, an address.</summary>
    public const int Line = 200;

    /// <summary>Several lines: a description, an opinion, a reason.</summary>
    public const int Text = 4000;
}

/// <summary>Rules of validators for texts. Blank is what cannot be
/// seen: white space, format and control characters.</summary>
public static class TextRules
{
    /// <summary>Mandatory text: <c>not-empty</c>, <c>maximum-length</c>.</summary>
    public static IRuleBuilderOptions<T, string> RequiredText<T>(
        this IRuleBuilder<T, string> rule,
        int length = TextLength.Text
    ) => rule.Must(text => !TextFolding.IsBlank(text)).WithErrorCode("not-empty").MaximumLength(length);

    /// <summary>Text that may be left out, but not be blank: <c>blank</c>, <c>maximum-length</c>.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalText<T>(
        this IRuleBuilder<T, string?> rule,
        int length = TextLength.Text
    ) => rule.MaximumLength(length).Must(text => text is null || !TextFolding.IsBlank(text)).WithErrorCode("blank");

    /// <summary>A mandatory code.</summary>
    public static IRuleBuilderOptions<T, string> RequiredCode<T>(
        this IRuleBuilder<T, string> rule,
        int length = TextLength.Code
    ) => rule.RequiredText(length);

    /// <summary>A code that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalCode<T>(
        this IRuleBuilder<T, string?> rule,
        int length = TextLength.Code
    ) => rule.OptionalText(length);

    /// <summary>A list of at most so many: <c>too-many</c>.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtMost<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule,
        int most
    ) =>
        rule.Must(
                (_, list, context) =>
                {
                    context.MessageFormatter.AppendArgument("Most", most);
                    return list is null || list.Count <= most;
                }
            )
            .WithErrorCode("too-many");
}
