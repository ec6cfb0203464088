using System.Reflection;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention;

namespace CustomerService.Reporting.Tests;

/// <summary>Facts of every kind with random members: days of some years, words of the dimensions, holes here and
/// there.</summary>
internal static class FactsAtRandom
{
    /// <summary>Tests that put facts into the store past the events, and those that rebuild it, run one after the other.</summary>
    public const string Collection = "facts";

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["Department"] = ["engineering", "sales", "production"],
        ["Region"] = ["east", "north"],
        ["Severity"] = ["minor", "major", "critical"],
        ["PartCode"] = ["roof", "heating"],
        ["RepairUnitName"] = ["防水分包", "自有一組"],
        ["UnderWarranty"] = ["yes", "no", "unknown"],
        ["Overall"] = ["very-satisfied", "fairly-satisfied", "rather-dissatisfied", "dissatisfied"],
        ["SurveyKind"] = ["A", "B", "C"],
        ["Outcome"] = ["reward", "corrective-order", "not-available"],
        ["End"] = ["made", "made", "cancelled"],
        ["Currency"] = ["CNY", "USD"],
        ["Liability"] = ["ours", "not-ours"],
        ["CustomerName"] = ["客戶"],
    };

    public static void AddTo(ReportingDb db, Random random, int firstYear, int years, int each)
    {
        var days = years * 365;
        var first = new DateOnly(firstYear, 1, 1);
        var organisations = new List<OrganisationFact>();
        organisations.AddRange(
            Enumerable.Range(0, 8).Select(_ => Fill(new OrganisationFact { Id = Guid.CreateVersion7() }))
        );
        organisations.ForEach(o => o.MergedInto = null);
        db.AddRange(organisations);
        foreach (
            var type in typeof(Fact)
                .Assembly.GetTypes()
                .Where(t => t.IsAssignableTo(typeof(Fact)) && !t.IsAbstract && t != typeof(OrganisationFact))
        )
        {
            for (var i = 0; i < each; i++)
            {
                var fact = (Fact)Activator.CreateInstance(type)!;
                typeof(Fact).GetProperty(nameof(Fact.Id))!.SetValue(fact, Guid.CreateVersion7());
                Fill(fact);
                AddParts(fact);
                db.Add(fact);
            }
        }

        T Fill<T>(T fact)
            where T : Fact
        {
            foreach (var property in fact.GetType().GetProperties().Where(p => p.CanWrite && p.Name != nameof(Fact.Id)))
            {
                if (property.SetMethod!.IsPublic && ValueOf(property) is { } value)
                {
                    property.SetValue(fact, value);
                }
            }

            return fact;
        }

        object? ValueOf(PropertyInfo property)
        {
            var nullable =
                Nullable.GetUnderlyingType(property.PropertyType) is not null || !property.PropertyType.IsValueType;
            if (nullable && random.Next(8) == 0 && !property.PropertyType.IsArray)
            {
                return null;
            }

            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            return type switch
            {
                _ when type == typeof(DateOnly) => first.AddDays(random.Next(days)),
                _ when type == typeof(DateTimeOffset) => new DateTimeOffset(
                    first.AddDays(random.Next(days)),
                    new TimeOnly(random.Next(24), 30),
                    TimeSpan.Zero
                ),
                _ when type == typeof(bool) => random.Next(2) == 0,
                _ when type == typeof(int) => random.Next(1, 9),
                _ when type == typeof(long) => 1L,
                _ when type == typeof(decimal) => random.Next(10_000) / 100m,
                _ when type == typeof(Guid) => property.Name is "CustomerId" or "OwnerId"
                    ? organisations[random.Next(organisations.Count)].Id
                    : Guid.CreateVersion7(),
                _ when type == typeof(string) => Words.TryGetValue(property.Name, out var words)
                    ? words[random.Next(words.Length)]
                    : property.Name.ToLowerInvariant() + random.Next(3),
                _ => null,
            };
        }

        void AddParts(Fact fact)
        {
            switch (fact)
            {
                case RepairOrderFact order:
                    order.Waits.Add(new() { Party = "owner", Seconds = random.Next(1_000_000) });
                    order.Waits.Add(new() { Party = "weather", Seconds = random.Next(1_000_000) });
                    break;
                case RevisitFact revisit:
                    revisit.Findings.Add(
                        new()
                        {
                            FindingId = Guid.CreateVersion7(),
                            PartCode = "roof",
                            Severity = "major",
                            FoundOn = first.AddDays(random.Next(days)),
                            Liability = revisit.Overdue ? null : "contractor",
                            CauseCode = "jointing",
                            ResponsibleUnit = "unit",
                        }
                    );
                    break;
                case ResponseFact response:
                    response.Departments = random.Next(3) == 0 ? [] : ["engineering", "sales"];
                    response.Items.Add(new() { Item = "E.attitude", Grade = "satisfied" });
                    response.Items.Add(new() { Item = "A.function", Grade = "dissatisfied" });
                    break;
                case AssessmentFact assessment:
                    assessment.FailedCodes = ["T1.courtesy", "T2.signage"];
                    break;
                case RetentionFact kept:
                    // One that nobody has erased yet, though its time is over.
                    typeof(Fact)
                        .GetProperty(nameof(Fact.State))!
                        .SetValue(kept, kept.ErasedAt is null || kept.Held ? "kept" : "erased");
                    break;
                case WorkFact work:
                    work.Items.Add(
                        new()
                        {
                            Ordinal = 0,
                            Action = "review",
                            Rule = "P3.2.1",
                            DueAt = new DateTimeOffset(
                                first.AddDays(random.Next(days)),
                                TimeOnly.MinValue,
                                TimeSpan.Zero
                            ),
                            Roles = ["qc"],
                        }
                    );
                    work.Items.Add(
                        new()
                        {
                            Ordinal = 1,
                            Action = "approve",
                            Rule = "P3.2.1",
                            DueAt =
                                random.Next(2) == 0
                                    ? null
                                    : new DateTimeOffset(
                                        first.AddDays(random.Next(days)),
                                        TimeOnly.MinValue,
                                        TimeSpan.Zero
                                    ),
                        }
                    );
                    break;
            }
        }
    }
}
