using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Why a complaint may be about the same.</summary>
internal enum SimilarBy
{
    Serial,
    Customer,
    Project,
    Text,
}

/// <summary>A complaint that may be about the same.</summary>
/// <param name="Likeness">Of the texts, from 0 to 1.</param>
internal sealed record SimilarComplaintView(
    Guid Id,
    string Number,
    ComplaintState State,
    DateOnly RegisteredOn,
    string CustomerName,
    string Subject,
    IReadOnlyList<SimilarBy> SimilarBy,
    double Likeness
);

internal sealed record SimilarComplaintsView(IReadOnlyList<SimilarComplaintView> Items);

internal static class FindSimilarComplaints
{
    private const int Most = 5;
    private const int Read = 60;
    private const double Alike = 0.3;

    /// <summary>What is known of the complaint that is being entered.</summary>
    internal sealed record Query
    {
        public Guid? CustomerId { get; init; }

        public Guid? ProjectId { get; init; }

        public TextFilter? SerialNumber { get; init; }

        /// <summary>Subject and description as far as they are typed.</summary>
        public TextFilter? Text { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints/similar", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("FindSimilarComplaints")
            .WithSummary("Complaints that may be about the same, while one is being entered")
            .WithDescription(
                """
                Rule S4; staff. Same serial, same customer or project within the policy's days
                (`complaints.duplicateDays`), or, of whatever age, a text that says much the same, in whichever script. At most
                five, the likeliest first.
                """
            )
            .Produces<SimilarComplaintsView>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var from = caller.Today.AddDays(-caller.Context().Policy.Complaints.DuplicateDays);
        var all = db.Complaints.AsNoTracking().VisibleTo(caller.Actor);
        var recent = all.Where(c => c.RegisteredOn >= from);
        var found = new Dictionary<Guid, (Complaint Complaint, HashSet<SimilarBy> By)>();
        async Task AddAsync(IQueryable<Complaint> some, SimilarBy by)
        {
            foreach (var one in await some.OrderByDescending(c => c.Id).Take(Read).ToListAsync(cancellation))
            {
                if (!found.TryGetValue(one.Id, out var known))
                {
                    found.Add(one.Id, known = (one, []));
                }

                known.By.Add(by);
            }
        }

        if (query.SerialNumber is { } serial)
        {
            var key = TextFolding.Key(serial.Value);
            await AddAsync(recent.Where(c => c.SerialKey == key), SimilarBy.Serial);
        }

        if (await moves.StayedAsync(query.CustomerId, cancellation) is { } customer)
        {
            await AddAsync(recent.Where(c => c.CustomerId == customer), SimilarBy.Customer);
        }

        if (query.ProjectId is { } project)
        {
            await AddAsync(recent.Where(c => c.ProjectId == project), SimilarBy.Project);
        }

        var text = query.Text?.Value ?? "";
        var keys = SimilarText.KeysOf(text);
        if (keys.Length > 0)
        {
            // What says the same is worth knowing however old it is; the newest stand for the rest.
            await AddAsync(all.Where(c => c.SimilarKeys.Any(key => keys.Contains(key))), SimilarBy.Text);
        }

        return QueryResult.Of(
            new SimilarComplaintsView([
                .. found
                    .Values.Select(one => (one.Complaint, one.By, Likeness: Likeness(text, one.Complaint)))
                    .Where(one => one.By.Any(by => by != SimilarBy.Text) || one.Likeness >= Alike)
                    .OrderByDescending(one => one.By.Contains(SimilarBy.Serial))
                    .ThenByDescending(one => one.Likeness + one.By.Count * Alike)
                    .ThenByDescending(one => one.Complaint.Id)
                    .Take(Most)
                    .Select(one => new SimilarComplaintView(
                        one.Complaint.Id,
                        one.Complaint.Number,
                        one.Complaint.State,
                        one.Complaint.RegisteredOn,
                        one.Complaint.CustomerName,
                        one.Complaint.Subject,
                        [.. one.By.Order()],
                        Math.Round(one.Likeness, 2)
                    )),
            ])
        );
    }

    // While somebody types there is often no more than the subject.
    private static double Likeness(string text, Complaint complaint) =>
        text.Length == 0
            ? 0
            : Math.Max(
                SimilarText.Likeness(text, complaint.Subject),
                SimilarText.Likeness(text, $"{complaint.Subject} {complaint.Description}")
            );
}
