using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>What an interviewer's page sends.</summary>
internal sealed record PostedInterview
{
    public const string PersonField = "person";
    public const string TakenAtField = "takenAt";
    public const string BreakOffField = "breakOff";
    public const string ReasonField = "reason";

    /// <summary>Longest reason for breaking off.</summary>
    public const int LongestReason = TextLength.Line;

    /// <summary>What was filled in.</summary>
    public PostedForm Form { get; init; } = new();

    /// <summary>The invitation of who was asked; empty for somebody who is on no list.</summary>
    public string Person { get; init; } = "";

    /// <summary>When the answers were given; null for now.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public bool IsBrokenOff { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>False where it is no form, or not one of this page.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Reads the fields; called by the framework.</summary>
    public static async ValueTask<PostedInterview?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await PostedForm.BindAsync(context) is not { IsForm: true, IsReadable: true } form)
        {
            return new PostedInterview { IsReadable = false };
        }

        var fields = context.Request.Form;
        var taken = fields[TakenAtField].ToString();
        var isInstant = Instants.TryRead(taken, out var at);
        return new PostedInterview
        {
            Form = form,
            Person = fields[PersonField].ToString(),
            TakenAt = isInstant ? at.ToUniversalTime() : null,
            IsBrokenOff = fields.ContainsKey(BreakOffField),
            Reason = fields[ReasonField].ToString().Trim(),
            IsReadable = isInstant || taken.Length == 0,
        };
    }
}
