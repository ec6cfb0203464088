using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>What is said of an operation: its name, who may call it, parameters, answers and example.</summary>
internal static class OperationDescription
{
    private static readonly int[] OfReads = [400, 401, 403, 404];
    private static readonly int[] OfCommands = [400, 401, 403, 404, 409, 412];
    private static readonly int[] OfChanges = [428];
    private static readonly int[] OfFiles = [413, 415];

    // Where no token is needed none is wrong or lacks a role.
    private static readonly int[] OfTokens = [401, 403];

    public static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var anonymous = metadata.OfType<IAllowAnonymous>().Any();
        var command = metadata.OfType<CommandMetadata>().Any();
        operation.OperationId = OperationIds.Of(metadata);
        operation.Security = anonymous
            ? []
            :
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(SharedComponents.Bearer, document)] = [],
                },
            ];
        DescribeParameters(operation, description);
        var change = command && !anonymous && description.RelativePath?.Contains('{', StringComparison.Ordinal) == true;
        if (command)
        {
            operation.Parameters ??= [];
            if (change)
            {
                operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.IfMatchParameter, document));
            }

            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.KeyParameter, document));
        }

        DescribeAnswers(
            operation,
            description,
            document,
            [.. command ? OfCommands : OfReads, .. change ? OfChanges : []],
            command,
            anonymous
        );
        if (metadata.OfType<ExampleMetadata>().LastOrDefault() is { } example)
        {
            foreach (
                var content in (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
                    .Where(c => c.Key.Contains("json", StringComparison.Ordinal))
                    .Select(c => c.Value)
            )
            {
                content.Example = JsonSerializer.SerializeToNode(example.Value, example.Value.GetType(), Json.Options);
            }
        }

        return Task.CompletedTask;
    }

    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description)
    {
        var method = description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            var bound = description.ParameterDescriptions.FirstOrDefault(p =>
                p.Name == parameter.Name && p.Source != BindingSource.Body
            );
            parameter.Description ??= DescriptionOf(parameter.Name!, method);
            DescribeFilter(parameter, bound);
            if (parameter.In is ParameterLocation.Query or ParameterLocation.Path)
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            }
        }
    }

    // What an endpoint declares beside what its kind always declares, for example 410 or 503.
    private static IEnumerable<int> Declared(IEnumerable<object> metadata, IReadOnlyList<int> usual) =>
        metadata
            .OfType<IProducesResponseTypeMetadata>()
            .Select(p => p.StatusCode)
            .Where(status => status >= 400 && !usual.Contains(status) && !OfTokens.Contains(status))
            .Except(OfChanges);

    private static string? DescriptionOf(string name, MethodInfo? method)
    {
        // Of a record that is bound by [AsParameters] each property is a parameter.
        var property = method
            ?.GetParameters()
            .Where(p => p.IsDefined(typeof(AsParametersAttribute), inherit: false))
            .Select(p =>
                p.ParameterType.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)
            )
            .FirstOrDefault(p => p is not null);
        return (property is null ? null : XmlComments.Of(property))
            ?? (method is null ? null : XmlComments.Of(method, name))
            ?? (name == "id" ? "Identity of the record." : null);
    }

    // What the kit reads a text as; the framework sees only a text.
    private static void DescribeFilter(OpenApiParameter parameter, ApiParameterDescription? bound)
    {
        if (
            (bound?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.ParameterType
            is not { } type
        )
        {
            return;
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(Day) && parameter.Schema is OpenApiSchema day)
        {
            day.Format = "date";
        }
        else if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(EnumFilter<>))
        {
            var words = string.Join(
                ", ",
                ((IQueryFilter)Activator.CreateInstance(plain)!).Expected.Select(w => $"`{w}`")
            );
            parameter.Description = $"{parameter.Description} One or several, joined by commas: {words}.".TrimStart();
        }
    }

    private static void DescribeAnswers(
        OpenApiOperation operation,
        ApiDescription description,
        OpenApiDocument document,
        IReadOnlyList<int> usual,
        bool command,
        bool anonymous
    )
    {
        var metadata = description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        if (metadata.OfType<FileMetadata>().LastOrDefault() is { } file)
        {
            operation.Responses["200"] = new OpenApiResponse
            {
                Description = "The file.",
                Content = file.ContentTypes.ToDictionary(
                    type => type,
                    _ => new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    }
                ),
            };
        }

        var takesFiles =
            operation.RequestBody?.Content?.Keys.Any(k => k.StartsWith("multipart/", StringComparison.Ordinal)) == true;
        var problems = usual
            .Concat(takesFiles ? OfFiles : [])
            .Except(anonymous ? OfTokens : [])
            .Concat(Declared(metadata, usual))
            .Distinct()
            .Order()
            .ToList();
        foreach (var status in problems)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = SharedComponents.ResponseOf(status)
                is { } name
                ? new OpenApiResponseReference(name, document)
                : new OpenApiResponse { Description = "Refused." };
        }

        foreach (var (status, answer) in operation.Responses)
        {
            if (answer is not OpenApiResponse success || status[0] != '2')
            {
                continue;
            }

            success.Headers ??= new Dictionary<string, IOpenApiHeader>();
            var type = description
                .SupportedResponseTypes.FirstOrDefault(t =>
                    t.StatusCode.ToString(CultureInfo.InvariantCulture) == status
                )
                ?.Type;
            if (type?.GetProperty("Version")?.PropertyType == typeof(long))
            {
                success.Headers["ETag"] = new OpenApiHeaderReference(SharedComponents.ETagHeader, document);
            }

            if (status == "201")
            {
                success.Headers["Location"] = new OpenApiHeaderReference(SharedComponents.LocationHeader, document);
            }

            if (command)
            {
                success.Headers["Idempotency-Replayed"] = new OpenApiHeaderReference(
                    SharedComponents.ReplayedHeader,
                    document
                );
            }
        }
    }
}

/// <summary>An example of a request's body.</summary>
/// <param name="Value">The body, of the type that the endpoint takes.</param>
internal sealed record ExampleMetadata(object Value);

/// <summary>An answer that is a file.</summary>
/// <param name="ContentTypes">Its media types.</param>
internal sealed record FileMetadata(IReadOnlyList<string> ContentTypes);

/// <summary>What an endpoint says for its description.</summary>
public static class EndpointDescription
{
    /// <summary>Shows an example of the body in the description.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="body">A body of the type that the endpoint takes; a value that passes its validator.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder builder, object body) =>
        builder.WithMetadata(new ExampleMetadata(body));

    /// <summary>Says that the answer is a file.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="contentTypes">Its media types, for example <c>application/pdf</c>.</param>
    public static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder builder, params string[] contentTypes) =>
        builder.WithMetadata(new FileMetadata(contentTypes));
}
