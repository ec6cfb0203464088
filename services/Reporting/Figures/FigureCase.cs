using System.Linq.Expressions;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Figures;

/// <summary>A case behind a figure: a row of view <c>figure_cases</c>.</summary>
internal sealed class FigureCase
{
    /// <summary>Code of the figure.</summary>
    public required string Figure { get; init; }

    public Guid CaseId { get; init; }

    /// <summary>Tells several rows of one case apart; mostly empty.</summary>
    public required string Line { get; init; }

    /// <summary>What the case is: <c>complaint</c>, <c>repair-order</c> …</summary>
    public required string Kind { get; init; }

    public string? Number { get; init; }

    /// <summary>The day that puts it into a period, company time zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The day on which it leaves a stock.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>What it adds: 1 where cases are counted.</summary>
    public decimal Value { get; init; }

    /// <summary>Month of the day, <c>YYYY-MM</c>.</summary>
    public required string Month { get; init; }

    public Guid? ProjectId { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Department { get; init; }
    public string? Region { get; init; }
    public string? Severity { get; init; }
    public string? Part { get; init; }
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public string? Fault { get; init; }
    public string? Cause { get; init; }
    public string? Liability { get; init; }
    public string? Source { get; init; }
    public string? Channel { get; init; }
    public string? State { get; init; }
    public string? Result { get; init; }
    public string? Warranty { get; init; }
    public string? Survey { get; init; }
    public string? Grade { get; init; }
    public string? Item { get; init; }
    public string? Party { get; init; }
    public string? Currency { get; init; }

    /// <summary>When the row was written last, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class FigureCaseMapping : IEntityTypeConfiguration<FigureCase>
{
    public void Configure(EntityTypeBuilder<FigureCase> builder)
    {
        builder.ToView("figure_cases", BiViews.Schema);
        builder.HasKey(one => new
        {
            one.Figure,
            one.CaseId,
            one.Line,
        });
        builder.HasInstants();
    }
}

/// <summary>By what figures are grouped and filtered.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Of">The value of a case.</param>
internal sealed record FigureDimension(string Name, Expression<Func<FigureCase, string?>> Of)
{
    private readonly Func<FigureCase, string?> _read = Of.Compile();

    /// <summary>Stands for cases that have no value.</summary>
    public const string Unknown = "unknown";

    public static IReadOnlyList<FigureDimension> All { get; } =
    [
        new("month", c => c.Month),
        new("kind", c => c.Kind),
        new("department", c => c.Department),
        new("region", c => c.Region),
        new("severity", c => c.Severity),
        new("part", c => c.Part),
        new("unit", c => c.Unit),
        new("product", c => c.Product),
        new("fault", c => c.Fault),
        new("cause", c => c.Cause),
        new("liability", c => c.Liability),
        new("source", c => c.Source),
        new("channel", c => c.Channel),
        new("state", c => c.State),
        new("result", c => c.Result),
        new("warranty", c => c.Warranty),
        new("survey", c => c.Survey),
        new("grade", c => c.Grade),
        new("item", c => c.Item),
        new("party", c => c.Party),
        new("currency", c => c.Currency),
        new("projectId", c => c.ProjectId.ToString()),
        new("customerId", c => c.CustomerId.ToString()),
    ];

    /// <summary>The value of a case.</summary>
    public string? Read(FigureCase one) => _read(one);

    public static FigureDimension? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}
