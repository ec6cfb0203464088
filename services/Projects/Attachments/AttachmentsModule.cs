using CustomerService.Attachments;
using CustomerService.Projects.Attachments.Domain;
using CustomerService.Projects.Attachments.Features;
using CustomerService.Records;

namespace CustomerService.Projects.Attachments;

/// <summary>Files of projects and revisits.</summary>
internal static class AttachmentsModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddAttachments(configuration).AddToTimelines<Attachment>(file => file.SubjectId);

    public static void Map(IEndpointRouteBuilder v1, FileLimits limits)
    {
        var routes = v1.MapGroup("").WithTags("Attachments");
        AddAttachment.Map(routes, limits);
        ListAttachments.Map(routes);
        GetAttachment.Map(routes);
    }
}
