using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>What customers are owed for their forms: an answer, or service (C5.9).</summary>
internal static class OwedAnswers
{
    /// <summary>What a customer is owed. For staff alone.</summary>
    internal sealed record View
    {
        public required Guid Id { get; init; }

        /// <summary>Answers have no number.</summary>
        public string? Number { get; init; }

        public required OwedAnswerState State { get; init; }

        public required long Version { get; init; }

        /// <summary>What the caller may do now.</summary>
        [JsonPropertyName("_actions")]
        public required IReadOnlyList<string> Actions { get; init; }

        /// <summary>The form.</summary>
        public required Guid ResponseId { get; init; }

        public required string CustomerName { get; init; }

        public required string Contact { get; init; }

        public required string Phone { get; init; }

        /// <summary>What is wanted.</summary>
        public required string What { get; init; }

        public required DateOnly DueOn { get; init; }

        public required bool Overdue { get; init; }

        /// <summary>What was answered or done.</summary>
        public string? Given { get; init; }

        public Stamp? GivenBy { get; init; }

        public static View From(OwedAnswer o, Caller caller) =>
            new()
            {
                Id = o.Id,
                State = o.State,
                Version = o.Version,
                Actions = o.AllowedActions(caller.Context(o)),
                ResponseId = o.ResponseId,
                CustomerName = o.CustomerName,
                Contact = o.Contact,
                Phone = o.Phone,
                What = o.What,
                DueOn = o.DueOn,
                Overdue = o.State == OwedAnswerState.Owed && caller.Today > o.DueOn,
                Given = o.Given,
                GivenBy = o.GivenBy,
            };
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<OwedAnswerState>? State { get; init; }
    }

    /// <param name="ResponseId">The form.</param>
    /// <param name="What">What is needed.</param>
    internal sealed record OpenRequest([property: JsonRequired] Guid ResponseId, string What);

    /// <param name="Words">What was answered or done, or why nothing is owed.</param>
    internal sealed record Request(string Words);

    internal sealed class OpenValidator : AbstractValidator<OpenRequest>
    {
        public OpenValidator() => RuleFor(r => r.What).RequiredText();
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Words).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/owed-answers", ListAsync)
            .AsQuery()
            .WithName("ListOwedAnswers")
            .WithSummary("What customers are owed, newest first")
            .WithDescription("Rule C5.9. For staff.")
            .Produces<Page<View>>();
        routes
            .MapGet("/owed-answers/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetOwedAnswer")
            .WithSummary("What a customer is owed")
            .WithDescription("Rule C5.9. For staff.")
            .Produces<View>();
        routes
            .MapPost("/owed-answers", OpenAsync)
            .AsCommand()
            .WithName("OpenOwedAnswer")
            .WithSummary("A customer needs an answer or service")
            .WithDescription(
                "Rule C5.9. Forms whose customer asks for an answer have it by themselves. 404: no such form."
            )
            .Produces<View>(StatusCodes.Status201Created);
        routes
            .MapPost(
                "/owed-answers/{id:guid}/give",
                (Guid id, Request body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (o, c) => o.Give(c, body.Words.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("GiveOwedAnswer")
            .WithSummary("The customer has it")
            .WithDescription("Rule C5.9.")
            .Produces<View>();
        routes
            .MapPost(
                "/owed-answers/{id:guid}/drop",
                (Guid id, Request body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (o, c) => o.Drop(c, body.Words.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("DropOwedAnswer")
            .WithSummary("Nothing is owed after all")
            .WithDescription("Rule C5.9.")
            .Produces<View>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<OwedAnswer>(caller.Actor)
            .In(o => o.State, query.State?.Values)
            .ToPageAsync(store, query, o => View.From(o, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<OwedAnswer>(caller.Actor), id, View.From, cancellation);

    private static async Task<CommandResult> OpenAsync(
        OpenRequest body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var forms = await store.ListAsync(
            StaffAccess.Of<Response>(caller.Actor).Where(r => r.Id, body.ResponseId),
            null,
            1,
            cancellation
        );
        if (forms is not [var form])
        {
            return CommandResult.NotFound();
        }

        var invitations = await store.ListAsync(
            DocumentQuery<Invitation>.All.Where(i => i.Id, form.InvitationId),
            null,
            1,
            cancellation
        );
        var (contact, phone) = invitations is [var asked] ? (asked.Contact, asked.Phone) : ("", "");
        return caller.Create(
            store.Add,
            "owed-answers",
            OwedAnswer.Open(caller.Context(), form, contact, phone, body.What.Trim()),
            View.From
        );
    }

    private static Task<CommandResult> MoveAsync(
        Guid id,
        Func<OwedAnswer, CommandContext, Refusal?> move,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeAsync(store, StaffAccess.Of<OwedAnswer>(caller.Actor), id, move, View.From, cancellation);
}
