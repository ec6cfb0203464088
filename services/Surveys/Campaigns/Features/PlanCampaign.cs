using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Plans a campaign of one of the four populations (C5.8.2).</summary>
internal static class PlanCampaign
{
    internal sealed record Request
    {
        public required string Title { get; init; }

        /// <summary>Population: <c>A</c> testers, <c>B</c> after repairs, <c>C</c> visited by sales, <c>D</c>
        /// special.</summary>
        public required string Kind { get; init; }

        /// <summary>Its links work to the end of this day.</summary>
        public required DateOnly LastDay { get; init; }

        /// <summary>Department that its forms judge (C5.10); by default the questionnaire's, if any, else they count for
        /// each whose items are asked.</summary>
        public string? Department { get; init; }

        /// <summary>Model of the product that it is about.</summary>
        public string? Product { get; init; }

        /// <summary>Version of the questionnaire; by default the one in force.</summary>
        public int? QuestionnaireVersion { get; init; }

        /// <summary>Whether nobody shall be able to tell who answered what.</summary>
        public bool? Anonymous { get; init; }

        /// <summary>Whether it has a link for everybody.</summary>
        public bool? Open { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Title).RequiredText(TextLength.Line);
            RuleFor(r => r.Kind).Must(kind => SurveyKinds.Parse(kind) is not null).WithErrorCode("unknown-kind");
            RuleFor(r => r.Department).OptionalCode();
            RuleFor(r => r.Product).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/campaigns", Handle)
            .AsCommand()
            .WithSummary("Plan a campaign")
            .WithDescription(
                "Rule C5.8.2. Customer service or sales. 404 when the questionnaire has no such version; 409 campaign-over "
                    + "when the last day is past, questionnaire-not-in-force, questionnaire-incomplete when the version lacks a "
                    + "dimension A to F for the kind."
            )
            .WithExample(
                new Request
                {
                    Title = "樣品測試者意見",
                    Kind = "A",
                    LastDay = new(2027, 1, 31),
                }
            )
            .Produces<CampaignView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        QuestionnaireVersions questionnaires,
        LinkTokens tokens,
        CancellationToken cancellation
    )
    {
        var questionnaire = body.QuestionnaireVersion is { } version
            ? await questionnaires.FindAsync(version, cancellation)
            : await questionnaires.InForceOnAsync(caller.Today, cancellation);
        if (questionnaire is null)
        {
            return CommandResult.NotFound();
        }

        var context = caller.Context();
        return caller.Create(
            store.Add,
            "campaigns",
            Campaign.Plan(
                context,
                await NumberSeries.NextAsync(store, context, "KD", cancellation),
                new CampaignPlan
                {
                    Title = body.Title.Trim(),
                    Survey = SurveyKinds.Parse(body.Kind)!.Value,
                    Department = body.Department,
                    Product = body.Product,
                    LastDay = body.LastDay,
                    IsAnonymous = body.Anonymous == true,
                    IsOpen = body.Open == true,
                },
                questionnaire,
                body.Open == true ? tokens.New() : null
            ),
            (campaign, by) => CampaignView.From(campaign, by, tokens)
        );
    }
}
