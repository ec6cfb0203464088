using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>The OpenAPI 3.1 document of a service, from its endpoints, their types and XML comments.</summary>
internal static class OpenApiSetUp
{
    /// <summary>Adds the document <c>v1</c>.</summary>
    /// <param name="services">Services of the program.</param>
    /// <param name="service">Name of the service, for example <c>repairs</c>.</param>
    public static IServiceCollection AddApiDescription(this IServiceCollection services, string service)
    {
        var ids = new SchemaIds();
        services.AddSingleton(ids);
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, PublishedAnswers>());
        return services.AddOpenApi("v1", options => Configure(options, service, ids));
    }

    private static void Configure(OpenApiOptions options, string service, SchemaIds ids)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = ids.IdOf;
        options.AddSchemaTransformer(
            (schema, context, _) =>
            {
                // It knows nothing of what a converter reads.
                var type = context.JsonTypeInfo.Type;
                if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
                {
                    schema.Type =
                        type == typeof(DateTimeOffset)
                            ? JsonSchemaType.String
                            : JsonSchemaType.String | JsonSchemaType.Null;
                    schema.Format = "date-time";
                }

                // The exporter names the words of an enum and not that they are strings.
                if (schema is { Type: null, Enum.Count: > 0 })
                {
                    schema.Type = JsonSchemaType.String;
                }

                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(OperationDescription.DescribeAsync);
        options.AddDocumentTransformer(
            (document, context, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Customer Service: " + service,
                    Version = "v1",
                    Description = "One service behind the gateway, whose document holds all of them.",
                };
                document.Servers = [];
                SharedComponents.AddTo(document);
                TypeDescription.Describe(document, ids, context.ApplicationServices);
                return Task.CompletedTask;
            }
        );
    }
}
