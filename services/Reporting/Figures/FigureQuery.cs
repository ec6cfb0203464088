using CustomerService.Reporting.Reports;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures;

/// <summary>What every address of a figure takes.</summary>
internal static class FigureQuery
{
    internal sealed record Query
    {
        /// <summary>First day, company time zone.</summary>
        public Day? From { get; init; }

        /// <summary>Last day.</summary>
        public Day? To { get; init; }

        /// <summary>Month of the day, <c>YYYY-MM</c>.</summary>
        public TextFilter? Month { get; init; }

        /// <summary>Kind of case, of figures with several.</summary>
        public TextFilter? Kind { get; init; }

        /// <summary>Department code.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>Sales region of the customer.</summary>
        public TextFilter? Region { get; init; }

        /// <summary>Severity.</summary>
        public TextFilter? Severity { get; init; }

        /// <summary>Part of Table 3.1; element T1 to T3 of assessments.</summary>
        public TextFilter? Part { get; init; }

        /// <summary>Name of the repair unit.</summary>
        public TextFilter? Unit { get; init; }

        /// <summary>Product model.</summary>
        public TextFilter? Product { get; init; }

        /// <summary>Fault code.</summary>
        public TextFilter? Fault { get; init; }

        /// <summary>Cause code.</summary>
        public TextFilter? Cause { get; init; }

        /// <summary>Liability code.</summary>
        public TextFilter? Liability { get; init; }

        /// <summary>Where the case came from.</summary>
        public TextFilter? Source { get; init; }

        /// <summary>Channel code.</summary>
        public TextFilter? Channel { get; init; }

        /// <summary>State.</summary>
        public TextFilter? State { get; init; }

        /// <summary>What came of it.</summary>
        public TextFilter? Result { get; init; }

        /// <summary><c>yes</c>, <c>no</c>, <c>unknown</c>.</summary>
        public TextFilter? Warranty { get; init; }

        /// <summary>Population of C5.8.2.</summary>
        public TextFilter? Survey { get; init; }

        /// <summary>Grade.</summary>
        public TextFilter? Grade { get; init; }

        /// <summary>Item or action.</summary>
        public TextFilter? Item { get; init; }

        /// <summary>Whom it waited for, which maker, which service point.</summary>
        public TextFilter? Party { get; init; }

        /// <summary>Currency of a sum.</summary>
        public TextFilter? Currency { get; init; }

        /// <summary>Project, a UUID or <c>unknown</c>.</summary>
        public TextFilter? ProjectId { get; init; }

        /// <summary>Customer or owner, a UUID or <c>unknown</c>.</summary>
        public TextFilter? CustomerId { get; init; }
    }

    /// <summary>The filter of a figure; refused where the days are missing or the figure has no such dimension.</summary>
    public static Result<FigureFilter> Read(Figure figure, Query query)
    {
        if (Period.OfDays(query.From, query.To).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, given) in Given(query))
        {
            if (given is not { } text)
            {
                continue;
            }

            if (!figure.Dimensions.Contains(name))
            {
                return PageQuery.BadFilter(name, figure.Dimensions);
            }

            if (CheckWord(name, text.Value) is { } wrong)
            {
                return wrong;
            }

            words[name] = text.Value;
        }

        return new FigureFilter(period, words);
    }

    /// <summary>Whether a dimension can have this value.</summary>
    public static Refusal? CheckWord(string dimension, string value) =>
        dimension is "projectId" or "customerId" && value != FigureDimension.Unknown && !Guid.TryParse(value, out _)
            ? PageQuery.BadFilter(dimension, "UUID", FigureDimension.Unknown)
            : null;

    private static (string Name, TextFilter? Given)[] Given(Query query) =>
        [
            ("month", query.Month),
            ("kind", query.Kind),
            ("department", query.Department),
            ("region", query.Region),
            ("severity", query.Severity),
            ("part", query.Part),
            ("unit", query.Unit),
            ("product", query.Product),
            ("fault", query.Fault),
            ("cause", query.Cause),
            ("liability", query.Liability),
            ("source", query.Source),
            ("channel", query.Channel),
            ("state", query.State),
            ("result", query.Result),
            ("warranty", query.Warranty),
            ("survey", query.Survey),
            ("grade", query.Grade),
            ("item", query.Item),
            ("party", query.Party),
            ("currency", query.Currency),
            ("projectId", query.ProjectId),
            ("customerId", query.CustomerId),
        ];
}
