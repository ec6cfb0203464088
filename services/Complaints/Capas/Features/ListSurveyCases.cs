using System.Text.Json.Serialization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class ListSurveyCases
{
    /// <summary>A form or an assessment in a list.</summary>
    internal sealed record Item
    {
        /// <summary>The form, assessment, finding or repair order.</summary>
        public required Guid Id { get; init; }

        /// <summary>Of the assessment; of a form its day and what it is about.</summary>
        public required string Number { get; init; }

        public required long Version { get; init; }

        /// <summary>What this caller could do now.</summary>
        [JsonPropertyName("_actions")]
        public required IReadOnlyList<string> Actions { get; init; }

        /// <summary><c>survey-response</c>, <c>assessment</c>, <c>revisit</c> or <c>repair</c>.</summary>
        public required CapaSource Source { get; init; }

        public required string Subject { get; init; }

        /// <summary>Day of receipt, or of the assessment.</summary>
        public required DateOnly On { get; init; }

        /// <summary>Codes of the items graded 不滿意, or that failed.</summary>
        public required IReadOnlyList<string> Items { get; init; }
    }

    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary><c>survey-response</c>, <c>assessment</c>, the default; <c>revisit</c> for findings, <c>repair</c> for repair
        /// orders; joined by a comma.</summary>
        public EnumFilter<CapaSource>? Source { get; init; }

        /// <summary>True: those that a CAPA serves; false: the others.</summary>
        public bool? WithCapa { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/survey-cases", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Forms with an item graded 不滿意 and assessments with items that failed, the newest first")
            .WithDescription(
                "Rules C5.9, C5.4, P2.2.3 and T1 to T3: what a CAPA can be opened for, or serve. `source=revisit,repair` shows findings "
                    + "and repair orders, which join one that is open. For staff."
            )
            .Produces<Page<Item>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var sources = query.Source?.Values ?? SurveyCase.OfSurveys;
        return db
            .SurveyCases.AsNoTracking()
            .Where(survey => !survey.IsErased)
            .Where(survey => sources.Contains(survey.Source))
            .Where(
                query.WithCapa,
                served => survey => db.Capas.Any(capa => capa.ServedIds.Contains(survey.Id)) == served
            )
            .ToPageAsync(
                query,
                survey => new Item
                {
                    Id = survey.Id,
                    Number = survey.Number,
                    Version = survey.Version,
                    Actions =
                        caller.Actor.HasAny([Roles.Qc, Roles.QcHead]) && SurveyCase.OfSurveys.Contains(survey.Source)
                            ? ["open-capa"]
                            : [],
                    Source = survey.Source,
                    Subject = survey.Subject,
                    On = survey.On,
                    Items = survey.Items,
                },
                cancellation
            );
    }
}
