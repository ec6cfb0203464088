using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>What became of each complaint of a bulk command.</summary>
internal sealed record BulkResultView(int Done, int Refused, IReadOnlyList<BulkLineView> Items);

/// <param name="Code">Code of the refusal; null where it was done.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record BulkLineView(
    Guid Id,
    string? Number,
    bool Done,
    long? Version,
    string? Code,
    string? Rule,
    string? Message
);

/// <summary>The same step with many complaints: what is refused of them holds up none of the others.</summary>
internal static class BulkComplaints
{
    private const int Most = 200;

    /// <param name="Version">As it was seen.</param>
    internal sealed record LineRequest(Guid? Id, long? Version);

    internal sealed record RespondRequest(IReadOnlyList<LineRequest> Lines, string Message);

    internal sealed record PassOnRequest(IReadOnlyList<LineRequest> Lines, ActionOrderRequest Order);

    /// <param name="PersonId">Account of the person.</param>
    internal sealed record AssignRequest(IReadOnlyList<LineRequest> Lines, Guid? PersonId);

    internal sealed class RespondValidator : AbstractValidator<RespondRequest>
    {
        public RespondValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(Line);
            RuleFor(r => r.Message).RequiredText();
        }
    }

    internal sealed class PassOnValidator : AbstractValidator<PassOnRequest>
    {
        public PassOnValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(Line);
            RuleFor(r => r.Order).NotNull().SetValidator(new ActionOrderRequest.Validator());
        }
    }

    internal sealed class AssignValidator : AbstractValidator<AssignRequest>
    {
        public AssignValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(Line);
            RuleFor(r => r.PersonId).NotNull().NotEqual(Guid.Empty);
        }
    }

    private static void Line(InlineValidator<LineRequest> line)
    {
        line.RuleFor(l => l.Id).NotNull();
        line.RuleFor(l => l.Version).NotNull();
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
            .WithDescription($"Rule C1; customer service or sales. {each}")
            .Produces<BulkResultView>();
        routes
            .MapPost("/complaints/bulk/pass-on", PassOn)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("PassOnComplaints")
            .WithSummary("Pass many complaints on, each with its own slip")
            .WithDescription($"Rule C3.1.4; customer service or sales. {each}")
            .Produces<BulkResultView>();
        routes
            .MapPost("/complaints/bulk/assign-to", Assign)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName("AssignComplaints")
            .WithSummary("Give many complaints to a person")
            .WithDescription($"Rule S2. {each}")
            .Produces<BulkResultView>();
    }

    private static Task<CommandResult> Respond(
        RespondRequest body,
        ComplaintsDb db,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        EachAsync(
            body.Lines,
            db,
            texts,
            caller,
            (complaint, context) => Task.FromResult(complaint.Respond(context, body.Message)),
            cancellation
        );

    private static async Task<CommandResult> PassOn(
        PassOnRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var asked = await body.Order.ToOrderAsync(ActionPurpose.PassOn, accounts, cancellation);
        return asked.Failed(out var unknown, out var order)
            ? unknown
            : await EachAsync(
                body.Lines,
                db,
                texts,
                caller,
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
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await accounts.FindAsync(body.PersonId!.Value, cancellation) is not { Active: true } account)
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        var person = account.ToActor();
        return await EachAsync(
            body.Lines,
            db,
            texts,
            caller,
            (complaint, context) => Task.FromResult(complaint.Assign(context, person)),
            cancellation
        );
    }

    private static async Task<CommandResult> EachAsync(
        IReadOnlyList<LineRequest> lines,
        ComplaintsDb db,
        Texts texts,
        Caller caller,
        Func<Complaint, CommandContext, Task<Refusal?>> step,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.Id!.Value).Distinct().ToList();
        var known = await db
            .Complaints.VisibleTo(caller.Actor)
            .Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellation);
        var items = new List<BulkLineView>(lines.Count);
        foreach (var line in lines.DistinctBy(line => line.Id))
        {
            if (!known.TryGetValue(line.Id!.Value, out var complaint))
            {
                items.Add(Of(line.Id.Value, null, "not-found", RuleCatalogue.Api, null));
            }
            else if (complaint.Version != line.Version)
            {
                items.Add(Of(complaint.Id, complaint, "stale-version", RuleCatalogue.Api, null));
            }
            else if (await step(complaint, caller.Context(complaint)) is { } refusal)
            {
                items.Add(Of(complaint.Id, complaint, refusal.Code, refusal.Rule, refusal));
            }
            else
            {
                items.Add(new(complaint.Id, complaint.Number, true, complaint.Version, null, null, null));
            }
        }

        return CommandResult.Ok(
            new BulkResultView(items.Count(item => item.Done), items.Count(item => !item.Done), items)
        );

        BulkLineView Of(Guid id, Complaint? complaint, string code, string rule, Refusal? refusal) =>
            new(
                id,
                complaint?.Number,
                false,
                complaint?.Version,
                code,
                rule,
                texts.Find(code, refusal?.Arguments) ?? code
            );
    }
}
