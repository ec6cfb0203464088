using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>An interview in one message, which an interviewer's device can keep until it has a connection (C5.8.2).</summary>
internal static class SendInterview
{
    private const string Code = "^[a-z0-9][a-z0-9-]{0,49}$";

    internal sealed record Request
    {
        /// <summary><c>C</c> visited by sales, <c>D</c> special, <c>A</c> sample testers.</summary>
        public required string Kind { get; init; }

        /// <summary>Organisation of the customer.</summary>
        public required Guid CustomerId { get; init; }

        /// <summary>Its name.</summary>
        public required string CustomerName { get; init; }

        /// <summary>Who was asked.</summary>
        public required string Contact { get; init; }

        /// <summary>Telephone number.</summary>
        public required string Phone { get; init; }

        /// <summary>Code of the department that the form judges (C5.10); by default the questionnaire's, if
        /// any.</summary>
        public string? Department { get; init; }

        /// <summary>Model of the product that it is about.</summary>
        public string? Product { get; init; }

        /// <summary>When the customer gave the answers.</summary>
        public required DateTimeOffset TakenAt { get; init; }

        /// <summary>What was answered.</summary>
        public required FilledForm Form { get; init; }
    }

    /// <param name="InvitationId">The invitation that was made for it.</param>
    /// <param name="ResponseId">The response.</param>
    internal sealed record Taken(Guid InvitationId, Guid ResponseId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Kind)
                .Must(kind => SurveyKinds.Parse(kind) is SurveyKind.A or SurveyKind.C or SurveyKind.D)
                .WithErrorCode("unknown-kind");
            RuleFor(r => r.CustomerId).NotEqual(Guid.Empty);
            RuleFor(r => r.CustomerName).RequiredText(TextLength.Line);
            RuleFor(r => r.Contact).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
            RuleFor(r => r.Department).Matches(Code);
            RuleFor(r => r.Product).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/interviews", Handle)
            .AsCommand()
            .ForRoles(InvitationFlow.Interviewers)
            .WithSummary("Send an interview that was taken down")
            .WithDescription(
                "Rules C5.8.2 and C5.8.3. Invitation and answers in one message: a device keeps it until it has a "
                    + "connection and sends it as often as it must; by its Idempotency-Key, which is required here, it counts "
                    + "once. The time of the answers is kept beside the time of arrival. 400 idempotency-key-missing; 409 "
                    + "taken-in-future, taken-long-ago; opted-out, case-open or asked-recently as for every population."
            )
            .WithExample(
                new Request
                {
                    Kind = "C",
                    CustomerId = new("0197f2a0-0000-7000-8000-000000000001"),
                    CustomerName = "永安置業有限公司",
                    Contact = "李主任",
                    Phone = "010-6555-0101",
                    TakenAt = new(2026, 11, 20, 2, 30, 0, TimeSpan.Zero),
                    Form = new() { Overall = "satisfied" },
                }
            )
            .Produces<Taken>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        HttpContext http,
        IDocumentStore store,
        Caller caller,
        KnownOrganisations organisations,
        QuestionnaireVersions questionnaires,
        ContactHistories histories,
        LinkTokens tokens,
        CancellationToken cancellation
    )
    {
        // Without one, what is sent again because no answer came would count twice.
        if (string.IsNullOrWhiteSpace(http.Request.Headers[CommandPipeline.KeyHeader]))
        {
            return Refusal.Invalid("idempotency-key-missing", "C5.8.2");
        }

        var customer = await organisations.MeantAsync(body.CustomerId, body.CustomerName, cancellation);
        var context = caller.Context();
        var questionnaire = await questionnaires.InForceOnAsync(context.Today, cancellation);
        var to = new Addressee
        {
            Survey = SurveyKinds.Parse(body.Kind)!.Value,
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            Contact = body.Contact.Trim(),
            Phone = body.Phone.Trim(),
            Department = body.Department,
            Product = body.Product,
            Channel = InvitationChannel.Staff,
        };
        var history = await histories.OfAsync(to.CustomerId, to.Contact, null, cancellation);
        if (
            Invitation
                .Send(context, to, questionnaire, tokens.New(), history)
                .Failed(out var refusal, out var invitation)
            || Response
                .TakeDown(
                    context,
                    invitation,
                    questionnaire,
                    body.Form,
                    new(AnswerMode.Interview, body.TakenAt.ToUniversalTime().ToWholeMilliseconds())
                )
                .Failed(out refusal, out var response)
        )
        {
            return refusal;
        }

        store.Add(invitation);
        store.Add(response);
        AfterReceipt.Follow(store, context, invitation, response);
        return CommandResult.Created($"responses/{response.Id}", response, () => new Taken(invitation.Id, response.Id));
    }
}
