using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>What the forms say of a department goes to it as an internal contact note (C5.9).</summary>
internal static class IssueContactNote
{
    private const int MostComments = 50;

    /// <param name="Department">Code of the department.</param>
    /// <param name="From">First day of the forms.</param>
    /// <param name="To">Last day of the forms.</param>
    /// <param name="Text">What customer service says to it.</param>
    internal sealed record Request(
        string Department,
        [property: JsonRequired] DateOnly From,
        [property: JsonRequired] DateOnly To,
        string Text
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/contact-notes", Handle)
            .AsCommand()
            .WithSummary("Send a department an internal contact note")
            .WithDescription(
                "Rule C5.9. Customer service. Grades and comments of the forms that count for the department are filled in; "
                    + "it is numbered LL-year-number without gaps."
            )
            .WithExample(
                new Request("engineering", new(2026, 10, 1), new(2026, 10, 31), "維修速度評價偏低,請提出措施。")
            )
            .Produces<ContactNoteView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        RecoveredForms forms,
        QuestionnaireVersions questionnaires,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var versions = await questionnaires.AllAsync(cancellation);
        var own = await forms.OfDepartmentAsync(
            new(body.Department, versions),
            new(body.From, body.To),
            context.Policy.Surveys,
            MostComments,
            cancellation
        );
        var number = await NumberSeries.NextAsync(store, context, "LL", cancellation);
        return caller.Create(
            store.Add,
            "contact-notes",
            ContactNote.Issue(context, number, FindingsOf(body, own, versions, context.Policy.Surveys)),
            ContactNoteView.From
        );
    }

    private static Findings FindingsOf(
        Request body,
        FormsOfDepartment forms,
        IReadOnlyList<Questionnaire> versions,
        SurveyPolicy policy
    ) =>
        new(
            body.Department,
            body.From,
            body.To,
            Tally.Of(forms.Forms, policy),
            [
                .. forms
                    .Items.Select(item => new NotedItem(
                        item.Item,
                        ItemNames.Of(
                            versions.LastOrDefault(v => v.Items?.ContainsKey(item.Item) == true) ?? versions[^1],
                            item.Item
                        ),
                        Tally.Of(item.Grades, policy),
                        item.Comments
                    ))
                    .OrderBy(item => item.Figures.Percent)
                    .ThenBy(item => item.Item, StringComparer.Ordinal),
            ],
            body.Text.Trim()
        );
}
