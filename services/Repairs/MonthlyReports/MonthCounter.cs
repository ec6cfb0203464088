using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports;

/// <summary>Counts the repaired machines of a month (C3.1.3), in one statement, so that all figures are of one moment. Days
/// are the company's.</summary>
internal sealed class MonthCounter(RepairsDb db, CompanyClock clock)
{
    private const string Total = "total";
    private const string Received = "received";
    private const string Open = "open";
    private const string Charged = "charged";

    public async Task<MonthFigures> CountAsync(int year, int month, CancellationToken cancellation)
    {
        var from = new DateOnly(year, month, 1);
        var to = from.AddMonths(1);
        var zone = clock.Zone.Id;
        const string unknown = MonthFigures.Unknown;
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                WITH settled AS (
                  SELECT u.quantity,
                         coalesce(m.series, u.model_name, {unknown}) AS product,
                         coalesce(u.model_code, {unknown}) AS model,
                         coalesce(u.diagnosis->>'faultCode', {unknown}) AS fault,
                         CASE u.diagnosis->>'covered' WHEN 'true' THEN 'in' WHEN 'false' THEN 'out' ELSE {unknown} END
                           AS warranty,
                         CASE WHEN u.passed_on IS NOT NULL THEN 'repaired' WHEN u.state = 'Exchanged' THEN 'exchanged'
                              WHEN u.state = 'Returned' THEN 'returned' WHEN u.state = 'Scrapped' THEN 'scrapped' ELSE 'returned-unrepaired' END AS result,
                         u.settled_on - u.received_on AS days
                  FROM rma_units u LEFT JOIN product_models m ON m.id = u.model_id
                  WHERE u.settled_on >= {from} AND u.settled_on < {to} AND u.quantity > 0),
                bands AS (
                  SELECT *, CASE WHEN days <= 3 THEN '0-3' WHEN days <= 7 THEN '4-7' WHEN days <= 14 THEN '8-14'
                                 WHEN days <= 30 THEN '15-30' ELSE '31-' END AS turnaround
                  FROM settled)
                SELECT CASE WHEN grouping(product) = 0 THEN 'product' WHEN grouping(model) = 0 THEN 'model'
                            WHEN grouping(fault) = 0 THEN 'fault' WHEN grouping(warranty) = 0 THEN 'warranty'
                            WHEN grouping(result) = 0 THEN 'result' WHEN grouping(turnaround) = 0 THEN 'turnaround'
                            ELSE {Total} END AS dimension,
                       coalesce(product, model, fault, warranty, result, turnaround, '') AS key,
                       coalesce(sum(quantity), 0)::int AS quantity,
                       round(avg(days), 1)::float8 AS mean,
                       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::numeric, 1)::float8 AS median,
                       round((percentile_cont(0.9) WITHIN GROUP (ORDER BY days))::numeric, 1)::float8 AS ninetieth,
                       NULL::numeric AS amount
                FROM bands
                GROUP BY GROUPING SETS ((product), (model), (fault), (warranty), (result), (turnaround), ())
                UNION ALL
                SELECT {Received}, '', coalesce(sum(quantity), 0)::int, NULL, NULL, NULL, NULL
                FROM rma_units WHERE received_on >= {from} AND received_on < {to}
                UNION ALL
                SELECT {Open}, '', coalesce(sum(quantity), 0)::int, NULL, NULL, NULL, NULL
                FROM rma_units WHERE received_on < {to} AND (settled_on IS NULL OR settled_on >= {to})
                UNION ALL
                SELECT {Charged}, charge->>'currency', count(*)::int, NULL, NULL, NULL, sum((charge->>'amount')::numeric)
                FROM rma_units
                WHERE charge IS NOT NULL
                  AND ((charge->'by'->>'at')::timestamptz AT TIME ZONE {zone})::date >= {from}
                  AND ((charge->'by'->>'at')::timestamptz AT TIME ZONE {zone})::date < {to}
                GROUP BY charge->>'currency'
                """
            )
            .ToListAsync(cancellation);
        var total = rows.Single(row => row.Dimension == Total);
        return new MonthFigures(
            year,
            month,
            rows.Single(row => row.Dimension == Received).Quantity,
            total.Quantity,
            rows.Single(row => row.Dimension == Open).Quantity,
            total.Mean,
            total.Median,
            total.Ninetieth,
            [
                .. rows.Where(row => row.Dimension == Charged)
                    .OrderBy(row => row.Key, StringComparer.Ordinal)
                    .Select(row => new MonthCharge(row.Key, row.Amount ?? 0, row.Quantity)),
            ],
            [
                .. Enum.GetValues<MonthDimension>()
                    .Select(dimension => new MonthBreakdown(
                        dimension,
                        [
                            .. rows.Where(row => row.Dimension == dimension.ToKebab())
                                .OrderByDescending(row => row.Quantity)
                                .ThenBy(row => row.Key, StringComparer.Ordinal)
                                .Select(row => new MonthCount(row.Key, row.Quantity, row.Mean, row.Median)),
                        ]
                    )),
            ]
        );
    }

    private sealed record Row(
        string Dimension,
        string Key,
        int Quantity,
        double? Mean,
        double? Median,
        double? Ninetieth,
        decimal? Amount
    );
}
