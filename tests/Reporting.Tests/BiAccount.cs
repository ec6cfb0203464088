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
    /// <param name="fixture">The service.</param>
    /// <param name="name">Name of the account.</param>
    /// <param name="which">Which rows, as the script takes them; none for all.</param>
    public static async Task<string> AddAsync(ReportingFixture fixture, string name, params string[] which)
    {
        var output = await ScriptAsync(fixture, ["add", name, .. which]);
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

    public static Task RemoveAsync(ReportingFixture fixture, string name) => ScriptAsync(fixture, ["remove", name]);

    /// <summary>Runs the script; fails where it fails.</summary>
    public static async Task<string> ScriptAsync(ReportingFixture fixture, params string[] arguments)
    {
        await using var scope = fixture.Store<ReportingDb>();
        var database = new NpgsqlConnectionStringBuilder(scope.Db.Database.GetConnectionString()).Database;
        var administrator = new NpgsqlConnectionStringBuilder(
            (await fixture.Postgres.ServerAsync()).AdministratorConnectionString
        );
        using var script = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(Snapshot.Root(), "deploy", "bi-account.sh"), .. arguments])
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
