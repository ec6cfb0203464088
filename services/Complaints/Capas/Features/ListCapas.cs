using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas.Features;

internal static class ListCapas
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<CapaState>? State { get; init; }

        /// <summary>Kinds of the records that they come from, joined by commas.</summary>
        public EnumFilter<CapaSource>? Source { get; init; }

        /// <summary>The complaint, the finding, the form … that it was opened for.</summary>
        public Guid? SourceId { get; init; }

        /// <summary>The complaint, the finding, the form … that it serves, be it opened for it or not.</summary>
        public Guid? CaseId { get; init; }

        /// <summary>The complaint.</summary>
        public Guid? ComplaintId { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>Code of the responsible department.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>The number, whole.</summary>
        public TextFilter? Number { get; init; }

        /// <summary>Not executed by the due day (C5.6.2).</summary>
        public bool? Overdue { get; init; }

        /// <summary>False: closed ones; true: all others.</summary>
        public bool? Open { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/capas", Handle)
            .AsQuery()
            .WithSummary("CAPAs, the newest first")
            .WithDescription("Rules C5.4 and C5.6.2; staff, others see an empty list.")
            .Produces<Page<CapaListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .Capas.VisibleTo(caller.Actor)
            .Where(query.State, states => capa => states.Contains(capa.State))
            .Where(query.Source, sources => capa => sources.Contains(capa.Source))
            .Where(query.SourceId, id => capa => capa.SourceId == id)
            .Where(query.CaseId, id => capa => capa.ServedIds.Contains(id))
            .Where(query.ComplaintId, id => capa => capa.ComplaintId == id)
            .Where(query.ProjectId, id => capa => capa.ProjectId == id)
            .Where(query.Department, code => capa => capa.Department == code)
            .Where(query.Number, number => capa => capa.Number == number)
            .Where(query.Overdue, overdue => CapaDeadlines.Overdue(overdue, caller.Today))
            .Where(query.Open, open => capa => (capa.State != CapaState.Closed) == open)
            .ToPageAsync(query, capa => CapaListItem.From(capa, caller), cancellation);
}
