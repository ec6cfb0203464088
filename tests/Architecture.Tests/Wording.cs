using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Architecture.Tests;

/// <summary>Whatever a person is told, they are told in their language: every code of a validator, every name of a
/// field, every refusal.</summary>
public sealed partial class Wording
{
    private static readonly CultureInfo[] Languages =
    [
        CultureInfo.InvariantCulture,
        CultureInfo.GetCultureInfo("zh-Hant"),
        CultureInfo.GetCultureInfo("zh-Hans"),
    ];

    private static readonly ServiceProvider Provider = new ServiceCollection()
        .AddSingleton(new CompanyClock(TimeProvider.System))
        .BuildServiceProvider();

    [Fact]
    public void Every_code_of_every_validator_and_every_field_has_a_text_in_three_languages()
    {
        var told = Validators()
            .SelectMany(found => Told(found.Validator).Select(t => (found.Assembly, t.Field, t.Code)))
            .Distinct()
            .ToList();

        told.Count.ShouldBeGreaterThan(150);
        told.Select(t => t.Field).ShouldContain("partCode", "rules of parts of a request are found, too");
        told.Select(t => t.Code).ShouldContain("too-many");
        (
            from t in told
            from key in new[] { "field." + t.Field, "validation." + t.Code }
            from language in Languages
            where !Has(t.Assembly, key, language)
            select $"{Name(t.Assembly)}: {key} ({Name(language)})"
        )
            .Distinct()
            .ShouldBeEmpty();
    }

    [Fact]
    public void Chinese_texts_have_the_marks_of_Chinese() =>
        (
            from file in Directory.EnumerateFiles(Snapshot.Root(), "*.zh-Han?.resx", SearchOption.AllDirectories)
            where !file.Contains("/bin/") && !file.Contains("/obj/")
            from line in File.ReadLines(file)
            // A pattern is for programs.
            where !line.Contains("-pattern\"") && HalfWidthMark().IsMatch(line)
            select $"{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))}: {line.Trim()}"
        ).ShouldBeEmpty();

    [Fact]
    public void Every_refusal_that_the_code_makes_has_a_text_in_three_languages()
    {
        var constants = Sources()
            .SelectMany(source => Constant().Matches(source.Text))
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(g => g.Key, g => g.First().Groups["value"].Value);
        var told = (
            from source in Sources()
            from match in Refused().Matches(source.Text)
            from code in Codes(match.Groups["code"].Value, constants)
            select (source.Assembly, Code: code)
        )
            .Distinct()
            .ToList();

        told.Count.ShouldBeGreaterThan(60);
        told.Select(t => t.Code).ShouldContain("attachment-type");
        told.Select(t => t.Code).ShouldContain("import-empty");
        (
            from t in told
            from language in Languages
            where !Has(t.Assembly, t.Code, language)
            select $"{Name(t.Assembly)}: {t.Code} ({Name(language)})"
        ).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_guard_says_is_missing_has_a_text_in_three_languages()
    {
        var services = Assemblies.Services.ToDictionary(
            assembly => assembly,
            assembly => Assemblies.Flows.Where(flow => flow.GetType().GetGenericArguments()[0].Assembly == assembly)
        );
        (
            from service in services
            from missing in service.Value.SelectMany(flow => flow.Guards).SelectMany(guard => guard.Missing).Distinct()
            from language in Languages
            where !Has(service.Key, "missing." + missing, language) && !Has(service.Key, "field." + missing, language)
            select $"{Name(service.Key)}: missing.{missing} ({Name(language)})"
        ).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public void A_field_is_named_in_the_language_of_the_reader(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        (
            from DictionaryEntry entry in Texts.Fields.GetResourceSet(culture, true, false)!
            let text = (string)entry.Value!
            where !text.Any(c => c >= 0x4E00)
            select $"{entry.Key}: {text}"
        ).ShouldBeEmpty();
    }

    private static IEnumerable<(Assembly Assembly, IValidator Validator)> Validators()
    {
        foreach (var assembly in Assemblies.Services.Concat(Assemblies.Gateways))
        {
            foreach (var type in assembly.GetTypes())
            {
                if (typeof(IValidator).IsAssignableFrom(type) && !type.IsAbstract && !type.ContainsGenericParameters)
                {
                    yield return (assembly, (IValidator)ActivatorUtilities.CreateInstance(Provider, type));
                }

                // Rules that several validators share are kept in a field.
                foreach (
                    var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                )
                {
                    if (typeof(IValidator).IsAssignableFrom(field.FieldType) && !type.ContainsGenericParameters)
                    {
                        yield return (assembly, (IValidator)field.GetValue(null)!);
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Field, string Code)> Told(IValidator validator)
    {
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            var path = rule.PropertyName ?? "";
            var member = path[(path.LastIndexOf('.') + 1)..];
            foreach (var component in rule.Components)
            {
                if (component.Validator is IChildValidatorAdaptor child)
                {
                    foreach (var told in Inside(child))
                    {
                        yield return told;
                    }
                }
                else
                {
                    var code = component.ErrorCode ?? component.Validator.Name;
                    yield return (char.ToLowerInvariant(member[0]) + member[1..], CommandPipeline.CodeOf(code));
                }
            }
        }
    }

    // Classes are found by themselves; rules in the middle of others are only in the adaptor.
    private static IEnumerable<(string Field, string Code)> Inside(IChildValidatorAdaptor child)
    {
        for (var type = child.GetType(); type is not null; type = type.BaseType)
        {
            if (
                type.GetField("_validator", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(child)
                is IValidator inner
            )
            {
                return Told(inner);
            }
        }

        return [];
    }

    private static IEnumerable<(Assembly Assembly, string Text)> Sources() =>
        from place in new[]
        {
            ("services", Assemblies.Services),
            ("gateway", Assemblies.Gateways),
            ("shared", [.. Assemblies.Shared, Assembly.Load("CustomerService.Attachments")]),
        }
        from assembly in place.Item2
        let folder = Path.Combine(Snapshot.Root(), place.Item1, Name(assembly))
        where Directory.Exists(folder)
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/") && !file.Contains("/bin/") && !file.Contains("/Migrations/")
        select (assembly, File.ReadAllText(file));

    private static IEnumerable<string> Codes(string expression, Dictionary<string, string> constants) =>
        Literal()
            .Matches(expression)
            .Select(match => match.Groups[1].Value)
            .Concat(
                constants.TryGetValue(expression[(expression.LastIndexOf('.') + 1)..].Trim(), out var value)
                    ? [value]
                    : []
            );

    // Looked up in exactly this language: the fallback to English is for readers, not for tests.
    private static bool Has(Assembly assembly, string key, CultureInfo language) =>
        Managers(assembly)
            .Any(manager =>
                manager.GetResourceSet(language, true, false)?.GetString(key) is { } text && !TextFolding.IsBlank(text)
            );

    private static IEnumerable<ResourceManager> Managers(Assembly assembly) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(".Texts.resources", StringComparison.Ordinal))
                .Select(name => new ResourceManager(name[..^".resources".Length], assembly)),
            .. UsesRegistry(assembly) ? [RegistryTexts.Manager] : Array.Empty<ResourceManager>(),
            RuleTexts.Manager,
            Texts.Common,
            Texts.Fields,
        ];

    // A service that has the registry's copies has its texts with them, see AddRegistry.
    private static bool UsesRegistry(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(used => used.Name == typeof(RegistryTexts).Assembly.GetName().Name);

    private static string Name(Assembly assembly) => assembly.GetName().Name!.Split('.')[^1];

    private static string Name(CultureInfo language) => language.Name.Length > 0 ? language.Name : "English";

    [GeneratedRegex(@"const string (?<name>\w+) =\s*""(?<value>[a-z0-9]+(-[a-z0-9]+)*)""")]
    private static partial Regex Constant();

    [GeneratedRegex(
        @"(Refusal\s*\.(Invalid|ByRule|Ended)\(|\bWrong\(|\bcode: |RefusalKind\.\w+,|\b[fF]ault\([\w.""]+, (column, )?|"
            + @"Problems\.Result\(\s*\w+,\s*StatusCodes\.\w+,|CommandResult\.Failed\([^,]+,)\s*(?<code>[^,()]+)[,)]"
    )]
    private static partial Regex Refused();

    [GeneratedRegex(@"<value>.*([\u4e00-\u9fff）」][,;:?!]|[,;:?!][\u4e00-\u9fff（「])")]
    private static partial Regex HalfWidthMark();

    [GeneratedRegex(@"""([a-z0-9]+(?:-[a-z0-9]+)*)""")]
    private static partial Regex Literal();
}
