using System.Globalization;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Identity;

/// <summary>What Identity says of a department, as it was last announced: papers name it by its name.</summary>
internal sealed class KnownDepartment : Aggregate
{
    private KnownDepartment() { }

    public override string Kind => "known-department";

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long ToldVersion { get; private set; }

    /// <summary>Stable short name, by which records name it.</summary>
    public string Code { get; private set; } = "";

    public Words Names { get; private set; } = new("", "", "");

    public static KnownDepartment Of(Guid id) => new() { Id = id };

    /// <returns>Whether that is news.</returns>
    public bool Hear(CommandContext context, DepartmentChanged told)
    {
        if (told.Version <= ToldVersion)
        {
            return false;
        }

        (ToldVersion, Code) = (told.Version, told.Code);
        Names = new(told.NameEn, told.NameZhHant, told.NameZhHans);
        Record(context, "hear", null, "known", null);
        return true;
    }
}

/// <summary>How copies are kept and found.</summary>
internal static class KnownDepartments
{
    // Far more than a company has.
    private const int Most = 1_000;

    public static DocumentType<KnownDepartment> Type { get; } =
        DocumentType.Of<KnownDepartment>("known-department", "known_departments");

    /// <summary>Names of departments in a language; one that is not known goes by its code.</summary>
    public static async Task<Func<string, string>> DepartmentNamesAsync(
        this IDocumentStore store,
        CultureInfo language,
        CancellationToken cancellation
    )
    {
        var known = await store.ListAsync(DocumentQuery<KnownDepartment>.All, null, Most, cancellation);
        var names = known
            .GroupBy(department => department.Code, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Names.In(language.Name), StringComparer.Ordinal);
        return code => names.GetValueOrDefault(code) is { Length: > 0 } name ? name : code;
    }
}

/// <summary>Keeps what Identity announces of departments.</summary>
internal sealed class KeepDepartments(IDocumentStore store, CommandContexts contexts) : IConsumer<DepartmentChanged>
{
    public async Task Consume(ConsumeContext<DepartmentChanged> context)
    {
        var told = context.Message;
        var known = await store.FindAsync(
            DocumentQuery<KnownDepartment>.All.Where(d => d.Id, told.DepartmentId),
            context.CancellationToken
        );
        var copy = known ?? KnownDepartment.Of(told.DepartmentId);
        if (copy.Hear(contexts.ForSystem("surveys"), told) && known is null)
        {
            store.Add(copy);
        }
    }
}
