using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ListComplaints
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ComplaintState>? State { get; init; }

        /// <summary>Severities, joined by commas.</summary>
        public EnumFilter<Severity>? Severity { get; init; }

        /// <summary>Channels, joined by commas.</summary>
        public EnumFilter<Channel>? Channel { get; init; }

        /// <summary>The customer's organisation.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>The record that it comes from: survey response, order, revisit …</summary>
        public Guid? OriginId { get; init; }

        /// <summary>Code of the responsible department; staff only.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>The complaint's number or that of its form FM004, whole.</summary>
        public TextFilter? Number { get; init; }

        /// <summary>Words of numbers, customer, contact, phone, subject, description, model, serial or order, in either
        /// script.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>The serial number, however it is written.</summary>
        public TextFilter? SerialNumber { get; init; }

        /// <summary>A date was promised to the customer and is over; staff only.</summary>
        public bool? PromiseBroken { get; init; }

        /// <summary>The complaint with which they are handled; staff only.</summary>
        public Guid? ParentId { get; init; }

        /// <summary>First day of registration.</summary>
        public Day? RegisteredFrom { get; init; }

        /// <summary>Last day of registration.</summary>
        public Day? RegisteredTo { get; init; }

        /// <summary>Targets of rule C1 that are missed now, joined by commas.</summary>
        public EnumFilter<ComplaintTarget>? Overdue { get; init; }

        /// <summary>False: closed ones; true: all others.</summary>
        public bool? Open { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints", Handle)
            .AsQuery()
            .WithSummary("Complaints, the newest first")
            .WithDescription("Rules C1–C5.6. Customers see their own only.")
            .Produces<Page<ComplaintListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        // The department is internal: a customer's filter by it would tell what the view does not show.
        var isStaff = caller.IsStaff;
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        var today = caller.Today;
        var serial = query.SerialNumber is { } typed ? TextFolding.Key(typed.Value) : null;
        var visible = db.Complaints.VisibleTo(caller.Actor);
        var isWalk = true;
        if (query.Search is { } search)
        {
            (visible, isWalk) = await visible.SearchAsync(db, search.Value, cancellation);
        }

        var found = visible
            .Where(query.SerialNumber, _ => complaint => complaint.SerialKey == serial)
            .Where(
                query.PromiseBroken,
                broken =>
                    complaint =>
                        isStaff && (complaint.PromisedUntil != null && complaint.PromisedUntil < today) == broken
            )
            .Where(query.ParentId, id => complaint => complaint.ParentId == id && isStaff)
            .Where(query.State, states => complaint => states.Contains(complaint.State))
            .Where(query.Severity, severities => complaint => severities.Contains(complaint.Severity))
            .Where(query.Channel, channels => complaint => channels.Contains(complaint.Channel))
            .Where(customerId, id => complaint => complaint.CustomerId == id)
            .Where(query.ProjectId, id => complaint => complaint.ProjectId == id)
            .Where(query.OriginId, id => complaint => complaint.OriginId == id)
            .Where(query.Department, code => complaint => complaint.ResponsibleDepartment == code && isStaff)
            .Where(query.Number, number => complaint => complaint.Number == number || complaint.FormNumber == number)
            .Where(query.RegisteredFrom, day => complaint => complaint.RegisteredOn >= day)
            .Where(query.RegisteredTo, day => complaint => complaint.RegisteredOn <= day)
            .Where(query.Overdue, targets => ComplaintDeadlines.Overdue(targets, caller.Now))
            .Where(query.Open, open => complaint => (complaint.State != ComplaintState.Closed) == open);
        return await (isWalk ? found : await found.NewestAsync(db, query, cancellation)).ToPageAsync(
            query,
            complaint => ComplaintListItem.From(complaint, caller),
            cancellation
        );
    }
}
