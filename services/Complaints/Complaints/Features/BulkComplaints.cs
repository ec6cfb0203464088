using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>The same step with many complaints: what is refused of them holds up none of the others.</summary>
internal static class BulkComplaints
{
    private const int Most = 200;

    internal sealed record RespondRequest(IReadOnlyList<BulkLineRequest> Lines, string Message);

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
            .WithDescription($"Rule C1; customer service or sales. {each}")
            .Produces<BulkView>();
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
            (complaint, context) => Task.FromResult(complaint.Respond(context, body.Message)),
            cancellation
        );

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
