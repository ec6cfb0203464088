using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>The OpenAPI 3.1 document of a service: bearer security, Idempotency-Key and If-Match on
/// commands.</summary>
internal static class OpenApiSetUp
{
    public static Action<OpenApiOptions> Configure(string service) =>
        options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new OpenApiInfo { Title = "Customer Service: " + service, Version = "v1" };
                    document.Servers = [];
                    document.Components ??= new OpenApiComponents();
                    document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                    document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        BearerFormat = "JWT",
                    };
                    return Task.CompletedTask;
                }
            );
            options.AddOperationTransformer(
                (operation, context, _) =>
                {
                    var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                    if (!metadata.OfType<IAllowAnonymous>().Any())
                    {
                        operation.Security =
                        [
                            new OpenApiSecurityRequirement
                            {
                                [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [],
                            },
                        ];
                    }

                    if (metadata.OfType<CommandMetadata>().Any())
                    {
                        operation.Parameters ??= [];
                        operation.Parameters.Add(
                            new OpenApiParameter
                            {
                                Name = CommandPipeline.KeyHeader,
                                In = ParameterLocation.Header,
                                Description =
                                    "A key of the caller's choice, 1 to 200 characters. A repeated request with the same key gets the first outcome; another request with it gets 409.",
                                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                            }
                        );
                        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
                        {
                            operation.Parameters.Add(
                                new OpenApiParameter
                                {
                                    Name = "If-Match",
                                    In = ParameterLocation.Header,
                                    Description =
                                        "ETag of the version that the change is based on. Without it 428, with a stale one 412.",
                                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                                }
                            );
                        }
                    }

                    return Task.CompletedTask;
                }
            );
        };
}
