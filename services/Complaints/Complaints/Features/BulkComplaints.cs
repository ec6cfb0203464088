using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>The same step with many complaints: what is refused of them holds up none of the others.</summary>
internal static class BulkComplaints
{
    private const int Most = 200;

    /// <param name="Message">May name what differs in braces: <c>{number}</c>, <c>{customer}</c>, <c>{contact}</c>,
    /// <c>{subject}</c>, <c>{product}</c>, <c>{serial}</c>, <c>{project}</c>, <c>{registered}</c>, and of what QC released
    /// <c>{cause}</c>, <c>{traceability}</c>, <c>{conclusion}</c>.</param>
    internal sealed record RespondRequest(IReadOnlyList<BulkLineRequest> Lines, string Message);

    /// <summary>What each customer would read.</summary>
    internal sealed record PreviewView(IReadOnlyList<PreviewLineView> Items);

    /// <param name="Id">The complaint.</param>
    /// <param name="Number">Its number; null where there is no such complaint.</param>
    /// <param name="Language">Language of the customer.</param>
    /// <param name="Text">The text; null where it cannot be made.</param>
    /// <param name="Code">Code of the refusal; null where it can.</param>
    /// <param name="Message">In the caller's language.</param>
    internal sealed record PreviewLineView(
        Guid Id,
        string? Number,
        string? Language,
        string? Text,
        string? Code,
        string? Message
    );

    internal sealed record PassOnRequest(IReadOnlyList<BulkLineRequest> Lines, ActionOrderRequest Order);

    /// <param name="PersonId">Account of the person.</param>
    internal sealed record AssignRequest(IReadOnlyList<BulkLineRequest> Lines, Guid? PersonId);

    internal sealed class RespondValidator : AbstractValidator<RespondRequest>
    {
        public RespondValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(BulkLineRequest.Check);
            RuleFor(r => r.Message).RequiredText();
            RuleFor(r => r.Message).Must(AnswerTemplate.IsKnown).WithErrorCode("placeholder-unknown");
        }
    }

    internal sealed class PassOnValidator : AbstractValidator<PassOnRequest>
    {
        public PassOnValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(BulkLineRequest.Check);
            RuleFor(r => r.Order).NotNull().SetValidator(new ActionOrderRequest.Validator());
        }
    }

    internal sealed class AssignValidator : AbstractValidator<AssignRequest>
    {
        public AssignValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(BulkLineRequest.Check);
            RuleFor(r => r.PersonId).NotNull().NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string each = "Each line has its own outcome; one that is refused, unknown or stale holds up no other.";
        routes
            .MapPost("/complaints/bulk/respond", Respond)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("RespondToComplaints")
            .WithSummary("The same first answer to many customers")
            .WithDescription(
                $"Rule C1; customer service or sales. `{{number}}`, `{{customer}}` and the like in the text are said of each complaint by itself "
                    + $"(409 `placeholder-empty` where it has nothing to say there). {each}"
            )
            .Produces<BulkView>();
        routes
            .MapPost("/complaints/bulk/answer", Answer)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("AnswerComplaints")
            .WithSummary("Answer many customers with one text")
            .WithDescription(
                "Rules C5.6.1 and C3.2.1; customer service or sales. The text is the conclusion of each and holds the words that QC "
                    + "released, as `{conclusion}` does; cause and traceability are those released. A complaint with merged ones is answered by "
                    + $"itself (409 `has-merged-complaints`). {each}"
            )
            .Produces<BulkView>();
        routes
            .MapPost("/complaints/bulk/preview", Preview)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("PreviewAnswers")
            .WithSummary("What each of many customers would read")
            .WithDescription(
                "Rule C3.2.1; customer service or sales. Changes nothing; a line of which no text can be made says why."
            )
            .Produces<PreviewView>();
        routes
            .MapPost("/complaints/bulk/pass-on", PassOn)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("PassOnComplaints")
            .WithSummary("Pass many complaints on, each with its own slip")
            .WithDescription($"Rule C3.1.4; customer service or sales. {each}")
            .Produces<BulkView>();
        routes
            .MapPost("/complaints/bulk/assign-to", Assign)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName("AssignComplaints")
            .WithSummary("Give many complaints to a person")
            .WithDescription($"Rule S2. {each}")
            .Produces<BulkView>();
    }

    private static Task<CommandResult> Respond(
        RespondRequest body,
        ComplaintsDb db,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    ) =>
        bulk.EachAsync(
            db.Complaints.VisibleTo(caller.Actor),
            body.Lines,
            complaint => complaint.Number,
            (complaint, context) =>
                Task.FromResult(
                    TextFor(body.Message, complaint).Failed(out var refusal, out var text)
                        ? refusal
                        : complaint.Respond(context, text)
                ),
            cancellation
        );

    private static Task<CommandResult> Answer(
        RespondRequest body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    ) =>
        bulk.EachAsync(
            db.Complaints.VisibleTo(caller.Actor),
            body.Lines,
            complaint => complaint.Number,
            async (complaint, context) =>
            {
                // Their customers may read other languages.
                if (complaint.Children.Count > 0)
                {
                    return Refusal.ByRule(
                        "has-merged-complaints",
                        "S4",
                        ["no-merged-complaints"],
                        Roles.CustomerService
                    );
                }

                if (TextFor(body.Message, complaint).Failed(out var empty, out var text))
                {
                    return empty;
                }

                if (complaint.Answer(context, null, null, text) is { } refusal)
                {
                    return refusal;
                }

                await mails.AnswerAsync(context, complaint, cancellation);
                return null;
            },
            cancellation
        );

    private static async Task<CommandResult> Preview(
        RespondRequest body,
        ComplaintsDb db,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var ids = body.Lines.Select(line => line.Id!.Value).Distinct().ToList();
        var known = await db
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(complaint => ids.Contains(complaint.Id))
            .ToDictionaryAsync(complaint => complaint.Id, cancellation);
        PreviewLineView Line(Guid id)
        {
            var complaint = known.GetValueOrDefault(id);
            string? text = null;
            var refusal =
                complaint is null ? Refusal.ByRule("not-found", RuleCatalogue.Api, [])
                : TextFor(body.Message, complaint).Failed(out var empty, out text) ? empty
                : null;
            return new(
                id,
                complaint?.Number,
                complaint?.Language,
                text,
                refusal?.Code,
                refusal is null ? null : texts.Find(refusal.Code, refusal.Arguments) ?? refusal.Code
            );
        }

        return CommandResult.Ok(new PreviewView([.. ids.Select(Line)]));
    }

    private static Result<string> TextFor(string message, Complaint complaint) =>
        AnswerTemplate.Fill(message, complaint).Failed(out var empty, out var text) ? empty
        : text.Length > TextLength.Text
            ? Refusal
                .ByRule("filled-text-too-long", "C3.2.1", ["shorter-text"], Roles.CustomerService)
                .With("limit", TextLength.Text)
        : text;

    private static async Task<CommandResult> PassOn(
        PassOnRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var asked = await body.Order.ToOrderAsync(ActionPurpose.PassOn, accounts, cancellation);
        return asked.Failed(out var unknown, out var order)
            ? unknown
            : await bulk.EachAsync(
                db.Complaints.VisibleTo(caller.Actor),
                body.Lines,
                complaint => complaint.Number,
                async (complaint, context) =>
                {
                    var number = await numbers.NextAsync(ActionItem.NumberKind, caller.Today.Year, cancellation);
                    if (
                        complaint.PassOn(context, caller.Context(), number, order).Failed(out var refusal, out var item)
                    )
                    {
                        return refusal;
                    }

                    db.Add(item);
                    return null;
                },
                cancellation
            );
    }

    private static async Task<CommandResult> Assign(
        AssignRequest body,
        ComplaintsDb db,
        IAccounts accounts,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await accounts.FindAsync(body.PersonId!.Value, cancellation) is not { Active: true } account)
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        var person = account.ToActor();
        return await bulk.EachAsync(
            db.Complaints.VisibleTo(caller.Actor),
            body.Lines,
            complaint => complaint.Number,
            (complaint, context) => Task.FromResult(complaint.Assign(context, person)),
            cancellation
        );
    }
}
