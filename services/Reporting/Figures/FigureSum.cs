using CustomerService.Reporting.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Figures;

/// <summary>A month of a figure, and whether its sums stand.</summary>
internal sealed class FigureMonth
{
    /// <summary>Code of the figure.</summary>
    public required string Figure { get; init; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; init; }

    /// <summary>What the sums were made from, as a snapshot of the server; null while they are to be made.</summary>
    public string? SummedIn { get; init; }

    /// <summary>The company's day on which they were made: some figures change when a day is over.</summary>
    public DateOnly? SummedOn { get; init; }

    /// <summary>When facts of the month were last seen to have changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What the cases of a month come to, or those of one value of a dimension.</summary>
internal sealed class FigureSum
{
    public required string Figure { get; init; }
    public DateOnly Month { get; init; }

    /// <summary>Name of the dimension, of two with a comma between them; empty for the whole month.</summary>
    public required string By { get; init; }

    /// <summary>Value of the dimension; empty where it is not known.</summary>
    public required string First { get; init; }

    /// <summary>Value of the second dimension.</summary>
    public required string Second { get; init; }

    public int Cases { get; init; }
    public decimal Total { get; init; }
}

/// <summary>Says that a transaction changed facts of a month: written by the triggers of <c>sums.sql</c>.</summary>
internal sealed class ChangedFact
{
    /// <summary>Table of the facts.</summary>
    public required string Fact { get; init; }

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; init; }

    /// <summary>The transaction.</summary>
    public ulong ChangedIn { get; init; }
}

internal sealed class FigureMonthMapping : IEntityTypeConfiguration<FigureMonth>
{
    public void Configure(EntityTypeBuilder<FigureMonth> builder)
    {
        builder.ToTable("figure_months");
        builder.HasKey(one => new { one.Figure, one.Month });
    }
}

internal sealed class FigureSumMapping : IEntityTypeConfiguration<FigureSum>
{
    public void Configure(EntityTypeBuilder<FigureSum> builder)
    {
        builder.ToTable("figure_sums");
        builder.HasKey(one => new
        {
            one.Figure,
            one.Month,
            one.By,
            one.First,
            one.Second,
        });
    }
}

internal sealed class ChangedFactMapping : IEntityTypeConfiguration<ChangedFact>
{
    public void Configure(EntityTypeBuilder<ChangedFact> builder)
    {
        builder.ToTable("changed_facts");
        builder.Property(one => one.ChangedIn).HasColumnType("xid8");
        builder.HasKey(one => new
        {
            one.Fact,
            one.Month,
            one.ChangedIn,
        });
    }
}
