using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// What is said of a type: comments, which members are required, whether more may stand beside them. Of a body
/// that is sent to us a member is required when it may not be left out: it has no default and is not nullable,
/// or its validator wants it. Of an answer every member is required that is always written.
/// </summary>
internal static class TypeDescription
{
    public static void Describe(OpenApiDocument document, SchemaIds ids, IServiceProvider services)
    {
        var schemas = document.Components!.Schemas!;
        var operations = document
            .Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            .ToList();
        var sent = Reached(
            schemas,
            operations
                .SelectMany(o => o.RequestBody?.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>())
                .Select(c => c.Schema)
        );
        foreach (var (id, info) in ids.Types)
        {
            if (!schemas.TryGetValue(id, out var found) || found is not OpenApiSchema schema)
            {
                continue;
            }

            schema.Description ??= XmlComments.Of(info.Type);
            // Whether a member of this type may be null is the member's matter.
            schema.Enum = schema.Enum?.Where(word => word?.GetValueKind() is not (null or JsonValueKind.Null)).ToList();
            if (info.Kind != JsonTypeInfoKind.Object)
            {
                continue;
            }

            var rules = sent.Contains(id) ? RulesOf(info.Type, services) : null;
            schema.Required = new HashSet<string>(
                info.Properties.Where(p => sent.Contains(id) ? IsWanted(p, rules) : IsAlwaysWritten(p))
                    .Select(p => p.Name)
            );
            if (!sent.Contains(id))
            {
                // Answers grow; who reads one ignores what they do not know.
                schema.AdditionalPropertiesAllowed = true;
            }

            foreach (var member in info.Properties)
            {
                if (
                    schema.Properties?.TryGetValue(member.Name, out var property) != true
                    || PropertyOf(member) is not { } clr
                )
                {
                    continue;
                }

                var validators = Validators(rules, clr.Name).ToList();
                if (validators.Exists(IsNeverNull) && WithoutNull(property!) is { } plain)
                {
                    schema.Properties[member.Name] = property = plain;
                }

                property!.Description ??= XmlComments.Of(clr);
                Limit(property, validators);
            }
        }
    }

    private static bool IsWanted(JsonPropertyInfo member, IValidatorDescriptor? rules) =>
        member.IsRequired
        || (member.AssociatedParameter is { HasDefaultValue: false } && !member.IsSetNullable)
        || (PropertyOf(member) is { } clr && Validators(rules, clr.Name).Any(IsNeverNull));

    private static bool IsAlwaysWritten(JsonPropertyInfo member) =>
        member is { Get: not null, ShouldSerialize: null, IsExtensionData: false };

    private static bool IsNeverNull(IPropertyValidator validator) =>
        validator is INotNullValidator or INotEmptyValidator;

    // What must not be null is not nullable for whoever sends it.
    private static IOpenApiSchema? WithoutNull(IOpenApiSchema property)
    {
        if (property is not OpenApiSchema schema)
        {
            return null;
        }

        if (schema.OneOf is { Count: 2 } ways && ways.Any(way => way.Type == JsonSchemaType.Null))
        {
            return ways.First(way => way.Type != JsonSchemaType.Null);
        }

        schema.Type = schema.Type is { } type ? type & ~JsonSchemaType.Null : null;
        return schema;
    }

    private static void Limit(IOpenApiSchema property, IEnumerable<IPropertyValidator> validators)
    {
        if (property is not OpenApiSchema schema || schema.Type?.HasFlag(JsonSchemaType.String) != true)
        {
            return;
        }

        foreach (var validator in validators)
        {
            if (validator is ILengthValidator length)
            {
                schema.MaxLength = length.Max > 0 ? length.Max : null;
                schema.MinLength = length.Min > 0 ? length.Min : null;
            }
            else if (validator is INotEmptyValidator && schema.Format is null)
            {
                schema.MinLength ??= 1;
            }
        }
    }

    private static IValidatorDescriptor? RulesOf(Type type, IServiceProvider services) =>
        (services.GetService(typeof(IValidator<>).MakeGenericType(type)) as IValidator)?.CreateDescriptor();

    // A rule under a condition holds for some bodies only.
    private static IEnumerable<IPropertyValidator> Validators(IValidatorDescriptor? rules, string member) =>
        rules is null
            ? []
            : rules
                .GetRulesForMember(member)
                .Where(rule => rule is { HasCondition: false, HasAsyncCondition: false } && !IsOfElements(rule))
                .SelectMany(rule => rule.Components)
                .Where(component => component is { HasCondition: false, HasAsyncCondition: false })
                .Select(component => component.Validator);

    // What holds for each element says nothing about the list: it may be left out all the same.
    private static bool IsOfElements(IValidationRule rule) =>
        Array.Exists(
            rule.GetType().GetInterfaces(),
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>)
        );

    private static PropertyInfo? PropertyOf(JsonPropertyInfo member) => member.AttributeProvider as PropertyInfo;

    private static HashSet<string> Reached(
        IDictionary<string, IOpenApiSchema> schemas,
        IEnumerable<IOpenApiSchema?> roots
    )
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            Walk(root);
        }

        return reached;

        void Walk(IOpenApiSchema? schema)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (reached.Add(id) && schemas.TryGetValue(id, out var target))
                {
                    Walk(target);
                }

                return;
            }

            if (schema is null)
            {
                return;
            }

            IEnumerable<IOpenApiSchema?> parts =
            [
                .. schema.Properties?.Values ?? Enumerable.Empty<IOpenApiSchema>(),
                .. schema.OneOf ?? [],
                .. schema.AnyOf ?? [],
                .. schema.AllOf ?? [],
                schema.Items,
                schema.AdditionalProperties,
            ];
            foreach (var part in parts)
            {
                Walk(part);
            }
        }
    }
}
