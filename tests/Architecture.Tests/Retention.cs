using CustomerService.Complaints;
using CustomerService.Projects;
using CustomerService.Records.Keeping;
using CustomerService.Repairs;
using CustomerService.Rules;
using CustomerService.Surveys;

namespace CustomerService.Architecture.Tests;

public sealed class Retention
{
    // What goes with another record, which names it by With; Reporting keeps no records of the company.
    private static readonly string[] Parts = ["Appointment"];

    [Fact]
    [Trait("Rule", "C8")]
    public void Every_record_with_states_is_kept_and_erased_by_the_protocol()
    {
        var kept = new IReadOnlyList<KeptKind>[]
        {
            ProjectsRetention.Kinds,
            RepairsRetention.Kinds,
            ComplaintsRetention.Kinds,
            SurveysRetention.Kinds,
        }
            .SelectMany(kinds => kinds)
            .Select(kind => kind.Type)
            .ToHashSet();

        Assemblies
            .Services.Where(assembly => !assembly.GetName().Name!.EndsWith(".Reporting", StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type is { IsAbstract: false, BaseType.IsGenericType: true }
                && type.BaseType.GetGenericTypeDefinition() == typeof(Aggregate<,,>)
                && !kept.Contains(type)
                && !Parts.Contains(type.Name)
            )
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }
}
