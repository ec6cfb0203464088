using System.Diagnostics;
using CustomerService.Reporting.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Tests;

/// <summary>Accounts of BI tools, made as an operator makes them.</summary>
internal static class BiAccount
{
    /// <summary>The account's connection string.</summary>
    public static async Task<string> AddAsync(ReportingFixture fixture, string name)
    {
        var output = await ScriptAsync(fixture, "add", name);
        var password = output.Split('\n').First(line => line.StartsWith("Password: ", StringComparison.Ordinal))[
            "Password: ".Length..
        ];
        await using var scope = fixture.Store<ReportingDb>();
        return new NpgsqlConnectionStringBuilder(scope.Db.Database.GetConnectionString())
        {
            Username = "bi_" + name,
            Password = password.Trim(),
            Pooling = false,
        }.ConnectionString;
    }

    public static Task RemoveAsync(ReportingFixture fixture, string name) => ScriptAsync(fixture, "remove", name);

    private static async Task<string> ScriptAsync(ReportingFixture fixture, string action, string name)
    {
        await using var scope = fixture.Store<ReportingDb>();
        var database = new NpgsqlConnectionStringBuilder(scope.Db.Database.GetConnectionString()).Database;
        var administrator = new NpgsqlConnectionStringBuilder(
            (await fixture.Postgres.ServerAsync()).AdministratorConnectionString
        );
        using var script = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(Snapshot.Root(), "deploy", "bi-account.sh"), action, name])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["DATABASE"] = database,
                    ["PGHOST"] = administrator.Host,
                    ["PGPORT"] = administrator.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["PGUSER"] = administrator.Username,
                    ["PGPASSWORD"] = administrator.Password,
                },
            }
        )!;
        var output = await script.StandardOutput.ReadToEndAsync();
        var errors = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(0, errors);
        return output;
    }
}
