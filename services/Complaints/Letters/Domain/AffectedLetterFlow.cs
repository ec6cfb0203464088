using CustomerService.Rules;
using static CustomerService.Complaints.Letters.Domain.AffectedLetterState;
using Do = CustomerService.Complaints.Letters.Domain.AffectedLetterAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Letters.Domain.AffectedLetter,
    CustomerService.Complaints.Letters.Domain.AffectedLetterState,
    CustomerService.Complaints.Letters.Domain.AffectedLetterAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Letters.Domain.AffectedLetter>;

namespace CustomerService.Complaints.Letters.Domain;

/// <summary>The life of a letter to an affected customer, rule C7.</summary>
internal static class AffectedLetterFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("affected-letter")
        .Start(Do.Write, Written, "C7", Writers)

        .From(Written)
            .On(Do.Send,      Sent,      "C7", Senders)
        .From(Sent)
            .On(Do.Answer,    Answered,  "C7", Answerers, CountsFit)
            .Stay(Do.Remind,             "C7", System, IsOverdue)
        .From(Written, Sent)
            .MayOn(Do.Cancel, Cancelled, "C7", Writers)
        .Ends(Answered)
        .Abandons(Cancelled)
        .Build();

    /// <summary>Who sends, and records what customers say.</summary>
    public static readonly string[] Senders = [Roles.CustomerService, Roles.Sales, Roles.SalesManager];

    /// <summary>Who writes letters.</summary>
    public static readonly string[] Writers = [.. Senders, Roles.Qc, Roles.QcHead];

    private static readonly string[] Answerers = [.. Senders, Roles.Customer];
    private static readonly string[] System = [Roles.System];

    private static readonly Guard IsOverdue = Guard.Require(
        (letter, context) => letter.AnswerDueOn is { } due && context.Today > due,
        code: "answer-not-overdue",
        rule: "C7",
        missing: ["overdue-answer"],
        suppliedBy: System
    );

    private static readonly Guard CountsFit = Guard.RequireInput<AffectedAnswer>(
        (letter, _, answer) =>
            answer is { InStock: >= 0, Delivered: >= 0 } && answer.InStock + answer.Delivered <= letter.Quantity,
        code: "more-than-affected",
        rule: "C7",
        missing: ["counts"],
        suppliedBy: Answerers
    );
}
