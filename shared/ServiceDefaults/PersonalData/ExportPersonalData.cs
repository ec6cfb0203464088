using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerService.ServiceDefaults;

/// <summary>What this service keeps of a person.</summary>
/// <param name="Service">The service.</param>
/// <param name="AsOf">When it was read, UTC.</param>
/// <param name="Items">Where the text stands.</param>
/// <param name="Complete">False where a kind has more rows than are shown: look for something narrower.</param>
/// <param name="ExportId">That it was exported stands in the audit trail under this identity.</param>
public sealed record PersonalDataView(
    string Service,
    DateTimeOffset AsOf,
    IReadOnlyList<PersonalRow> Items,
    bool Complete,
    Guid ExportId
);

/// <summary>A person's data, exported (C8).</summary>
public static class ExportPersonalData
{
    private const int Most = 500;
    private const int Shortest = 2;

    internal sealed record Query
    {
        /// <summary>Name, phone, mail address or account, at least two characters.</summary>
        public TextFilter? Text { get; init; }
    }

    /// <summary>Finds a person's data in a PostgreSQL store, whose model has <see cref="PersonalDataExportMapping"/> where
    /// nothing else keeps the exports.</summary>
    public static IServiceCollection AddPersonalData<TDb>(this IServiceCollection services)
        where TDb : DbContext
    {
        services.TryAddScoped<IPersonalDataLog, EfPersonalDataLog<TDb>>();
        return services.AddScoped<IPersonalData, EfPersonalData<TDb>>();
    }

    /// <summary>Maps the export of a person's data.</summary>
    /// <param name="v1">The versioned routes of the service.</param>
    /// <param name="service">Its name.</param>
    public static void MapPersonalData(this IEndpointRouteBuilder v1, string service) =>
        v1.MapGet(
                "/personal-data",
                (
                    [AsParameters] Query query,
                    IPersonalData data,
                    IPersonalDataLog log,
                    ICommandStore commands,
                    Caller caller,
                    CancellationToken cancellation
                ) => HandleAsync(service, query, data, log, commands, caller, cancellation)
            )
            .AsQuery()
            .ForRoles(Roles.Administrator)
            .WithName("ExportPersonalData")
            .WithTags("Retention")
            .WithSummary("What this service keeps of a person, wherever it stands")
            .WithDescription(
                """
                Rule C8. By an administrator; the audit trail says who, when and how many rows, and of what was looked for
                a hash alone. `deploy/personal-data.sh` asks all services and makes one file of their answers. 400
                `bad-filter`.
                """
            )
            .Produces<PersonalDataView>();

    private static async Task<QueryResult> HandleAsync(
        string service,
        Query query,
        IPersonalData data,
        IPersonalDataLog log,
        ICommandStore commands,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (query.Text?.Value is not { Length: >= Shortest } text)
        {
            return PageQuery.BadFilter("text", $"{Shortest}–{TextFilter.Longest} characters");
        }

        var found = await data.FindAsync(text, Most + 1, cancellation);
        var export = PersonalDataExport.Of(caller.Context(), text, found.Count);
        log.Add(export);
        if (await commands.CommitAsync(null, cancellation) != Commit.Done)
        {
            throw new InvalidOperationException("What is not in the audit trail is not exported.");
        }

        var kinds = found.GroupBy(row => row.Kind).ToList();
        return QueryResult.Of(
            new PersonalDataView(
                service,
                caller.Now,
                [.. kinds.SelectMany(kind => kind.Take(Most))],
                kinds.TrueForAll(kind => kind.Count() <= Most),
                export.Id
            )
        );
    }
}
