using System.Reflection;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CustomerService.Architecture.Tests;

/// <summary>
/// While a new version is rolled out, the old one still runs on the changed database. So a
/// migration only adds; what takes away comes a release later and says why it may, with
/// <see cref="ContractAttribute"/>.
/// </summary>
public sealed class Migrations
{
    private const string First = "Initial";

    public static TheoryData<Type> All =>
        [
            .. Assemblies
                .Services.Concat(Assemblies.Gateways)
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => type.IsSubclassOf(typeof(Migration)) && !type.IsAbstract),
        ];

    public static TheoryData<Type> Contexts =>
        [
            .. Assemblies
                .Services.Concat(Assemblies.Gateways)
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type =>
                    type.BaseType is { IsGenericType: true } parent
                    && parent.GetGenericTypeDefinition() == typeof(DesignTimeFactory<>)
                ),
        ];

    [Theory]
    [MemberData(nameof(All))]
    public void A_migration_only_adds_or_says_why_it_takes_away(Type migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        FaultsOf(migration).ShouldBeEmpty(migration.FullName);
    }

    [Fact]
    public void Each_service_with_a_database_has_one_that_begins_it()
    {
        var firsts = All.Select(row => row.Data).Where(type => NameOf(type) == First).ToList();
        firsts.Select(type => type.Assembly).Distinct().Count().ShouldBe(Assemblies.Services.Length + 1);
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void A_model_has_no_change_that_no_migration_has(Type factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var made = Activator.CreateInstance(factory);
        using var db = (DbContext)
            factory
                .GetMethod(nameof(DesignTimeFactory<DbContext>.CreateDbContext))!
                .Invoke(made, [Array.Empty<string>()])!;

        db.Database.HasPendingModelChanges().ShouldBeFalse("run deploy/migrations.sh");
    }

    [Theory]
    [InlineData(typeof(DropsColumn), "DropColumn")]
    [InlineData(typeof(DropsTable), "DropTable")]
    [InlineData(typeof(RenamesColumn), "RenameColumn")]
    [InlineData(typeof(RenamesTable), "RenameTable")]
    [InlineData(typeof(DropsByHand), "Sql")]
    [InlineData(typeof(AddsRequired), "AddColumn")]
    [InlineData(typeof(MakesRequired), "AlterColumn")]
    public void What_the_old_version_could_not_live_with_is_refused(Type migration, string operation) =>
        FaultsOf(migration).ShouldHaveSingleItem().ShouldStartWith(operation);

    [Theory]
    [InlineData(typeof(AddsOptional))]
    [InlineData(typeof(AddsRequiredWithDefault))]
    [InlineData(typeof(AddsTable))]
    [InlineData(typeof(DropsIndex))]
    [InlineData(typeof(Contracts))]
    public void What_the_old_version_can_live_with_passes(Type migration) => FaultsOf(migration).ShouldBeEmpty();

    [Fact]
    public void A_contract_says_why() => Should.Throw<ArgumentException>(() => new ContractAttribute(" "));

    private static List<string> FaultsOf(Type type)
    {
        if (NameOf(type) == First || type.GetCustomAttribute<ContractAttribute>() is not null)
        {
            return [];
        }

        var migration = (Migration)Activator.CreateInstance(type)!;
        migration.ActiveProvider = "Npgsql.EntityFrameworkCore.PostgreSQL";
        return [.. migration.UpOperations.Select(FaultOf).OfType<string>()];
    }

    private static string? FaultOf(MigrationOperation operation) =>
        operation switch
        {
            DropColumnOperation drop => $"DropColumn {drop.Table}.{drop.Name}",
            DropTableOperation drop => $"DropTable {drop.Name}",
            DropSchemaOperation drop => $"DropSchema {drop.Name}",
            DropSequenceOperation drop => $"DropSequence {drop.Name}",
            RenameColumnOperation rename => $"RenameColumn {rename.Table}.{rename.Name}",
            RenameTableOperation rename => $"RenameTable {rename.Name}",
            AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null } add
                when add.ComputedColumnSql is null =>
                $"AddColumn {add.Table}.{add.Name} is required and has no default",
            AlterColumnOperation { IsNullable: false, OldColumn.IsNullable: true } alter =>
                $"AlterColumn {alter.Table}.{alter.Name} becomes required",
            AlterColumnOperation alter when alter.ColumnType != alter.OldColumn.ColumnType =>
                $"AlterColumn {alter.Table}.{alter.Name} changes its type",
            SqlOperation sql when IsTakingAway(sql.Sql) => $"Sql {sql.Sql}",
            _ => null,
        };

    private static bool IsTakingAway(string sql) =>
        new[] { "DROP TABLE", "DROP COLUMN", "RENAME", "SET NOT NULL", "TRUNCATE" }.Any(word =>
            sql.Contains(word, StringComparison.OrdinalIgnoreCase)
        );

    // The attribute holds 20261129000000_Initial.
    private static string NameOf(Type migration) =>
        migration.GetCustomAttribute<MigrationAttribute>()?.Id.Split('_', 2)[^1] ?? migration.Name;

    private sealed class DropsColumn : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropColumn("city", "projects");
    }

    private sealed class DropsTable : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("projects");
    }

    private sealed class RenamesColumn : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.RenameColumn("city", "projects", "town");
    }

    private sealed class RenamesTable : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.RenameTable("projects", newName: "sites");
    }

    private sealed class DropsByHand : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("alter table projects drop column city");
    }

    private sealed class AddsRequired : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>("city", "projects", nullable: false);
    }

    private sealed class MakesRequired : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AlterColumn<string>("city", "projects", nullable: false, oldNullable: true);
    }

    private sealed class AddsOptional : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>("city", "projects", nullable: true);
    }

    private sealed class AddsRequiredWithDefault : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>("city", "projects", nullable: false, defaultValue: "");
    }

    private sealed class AddsTable : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateTable("cities", table => new { Id = table.Column<Guid>(nullable: false) });
    }

    private sealed class DropsIndex : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("ix_projects_city");
    }

    [Contract("The version before reads the town from the address.")]
    private sealed class Contracts : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.DropColumn("city", "projects");
    }
}
