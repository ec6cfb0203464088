using System.Resources;

namespace CustomerService.Projects;

/// <summary>Texts of this service.</summary>
internal static class ProjectsTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Projects.Resources.Texts", typeof(ProjectsTexts).Assembly);
}
