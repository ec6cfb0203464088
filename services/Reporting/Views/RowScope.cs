using System.Linq.Expressions;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.OData;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Views;

/// <summary>
/// Which rows a BI reader is given: those of the department or the sales regions that the account names, all where it
/// names none. Staff see every record (S3), and so every row; so do operators among the readers, who set up the tools of
/// all, whatever department they are in themselves. For accounts of BI tools <c>accounts.sql</c> says the same by SQL.
/// </summary>
internal sealed class RowScope(Caller? caller)
{
    /// <summary>Every row, for what nobody asks: files that are sent when they are due.</summary>
    public static RowScope All { get; } = new((Caller?)null);

    private bool SeesAll => caller is null || caller.Actor.IsStaff() || caller.Actor.Has(Roles.Operator);

    /// <summary>Whether only some rows are theirs.</summary>
    public bool IsLimited => Department is not null || Regions.Count > 0;

    /// <summary>The department that they are limited to.</summary>
    public string? Department => SeesAll ? null : caller!.Actor.Department;

    /// <summary>The regions that they are limited to.</summary>
    public IReadOnlyList<string> Regions => SeesAll ? [] : caller!.Actor.Regions;

    /// <summary>Their rows of a set; null where it cannot be limited to them.</summary>
    public IQueryable<T>? Of<T>(IQueryable<T> rows)
        where T : class
    {
        if (!Covers(typeof(T).Name, [.. typeof(T).GetProperties().Select(p => p.Name.ToLowerInvariant())]))
        {
            return null;
        }

        if (ConcernsNobody(typeof(T).Name))
        {
            return rows;
        }

        if (Department is { } department)
        {
            rows = rows.Where(row => EF.Property<string?>(row, nameof(Department)) == department);
        }

        if (Regions.Count > 0)
        {
            var regions = Regions.ToList();
            rows = rows.Where(row => regions.Contains(EF.Property<string?>(row, "Region")!));
        }

        return rows;
    }

    /// <summary>The identities of their rows of a set; none where it cannot be limited to them.</summary>
    public IQueryable<Guid> IdsOf<T>(IQueryable<T> rows, Expression<Func<T, Guid>> id)
        where T : class => (Of(rows) ?? rows.Where(_ => false)).Select(id);

    /// <summary>Whether a set can be limited to their rows at all: it has the column, or concerns nobody.</summary>
    /// <param name="set">Name of the view.</param>
    /// <param name="columns">Names of its columns.</param>
    public bool Covers(string set, IReadOnlyCollection<string> columns) =>
        ConcernsNobody(set) || CanLimit(columns.Contains);

    /// <summary>Why they are not given a figure: an empty answer would read as a figure of nothing, and one source of two
    /// as the whole.</summary>
    public Refusal? Refuse(Figure figure) => CanLimit(figure.Covers) ? null : NotYours(figure.Code);

    /// <summary>The same for a report: each of its figures is theirs.</summary>
    public Refusal? Refuse(params IEnumerable<string> figures) =>
        figures.Select(code => Refuse(FigureCatalogue.Find(code)!)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>A set that cannot be limited to their rows.</summary>
    public static Refusal NotYours(string hint) =>
        new Refusal(RefusalKind.Forbidden, "set-not-yours", "S3", ["rows"], [Roles.Operator]).With("hint", hint);

    // What has the dimensions by which they are limited can be counted for them alone.
    private bool CanLimit(Func<string, bool> has) =>
        (Department is null || has("department")) && (Regions.Count == 0 || has("region"));

    private static bool ConcernsNobody(string set) => set is "dates" or nameof(DateRow);
}
