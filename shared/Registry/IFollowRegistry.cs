namespace CustomerService.Registry;

/// <summary>
/// Records of a service that keep names of the registry: told in the same transaction in which the copy changed, so
/// that open records follow a new name (rule S3). What was printed or signed keeps its words. Register each as
/// scoped; a service may have several.
/// </summary>
public interface IFollowRegistry
{
    /// <summary>What is known of an organisation has changed, or was heard of for the first time.</summary>
    Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What is known of a project has changed, or was heard of for the first time.</summary>
    Task ProjectChangedAsync(ProjectCopy project, CancellationToken cancellation) => Task.CompletedTask;
}
