using CustomerService.Attachments;
using CustomerService.Projects.Attachments.Features;

namespace CustomerService.Projects.Attachments;

/// <summary>Files of projects and revisits.</summary>
internal static class AttachmentsModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddAttachments(configuration);

    public static void Map(IEndpointRouteBuilder v1, FileLimits limits)
    {
        var routes = v1.MapGroup("").WithTags("Attachments");
        AddAttachment.Map(routes, limits);
        ListAttachments.Map(routes);
        GetAttachment.Map(routes);
    }
}
