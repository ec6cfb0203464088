using CustomerService.ServiceDefaults;

namespace CustomerService.Records;

/// <summary>The order of a timeline and its pages, on the audit trail in PostgreSQL.</summary>
public static class TimelineQueries
{
    /// <summary>The newest first, then by kind, by identity, the last step first; what comes behind the
    /// cursor.</summary>
    public static IQueryable<AuditRow> InTimelineOrder(
        this IQueryable<AuditRow> trail,
        TimelineCursor? after,
        int limit
    )
    {
        if (after is { } last)
        {
            trail = trail.Where(row =>
                row.At < last.At
                || (
                    row.At == last.At
                    && (
                        string.Compare(row.AggregateType, last.Kind) > 0
                        || (
                            row.AggregateType == last.Kind
                            && (
                                row.AggregateId < last.Id
                                || (row.AggregateId == last.Id && row.Sequence < last.Sequence)
                            )
                        )
                    )
                )
            );
        }

        return trail
            .OrderByDescending(row => row.At)
            .ThenBy(row => row.AggregateType)
            .ThenByDescending(row => row.AggregateId)
            .ThenByDescending(row => row.Sequence)
            .Take(limit);
    }
}
