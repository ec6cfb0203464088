using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Takes what a handler returns to the pipeline out of the description; what the caller gets is declared by
/// <c>Produces</c>. Problems are described in one place, see <see cref="OperationDescription"/>.
/// </summary>
internal sealed class PublishedAnswers : IApiDescriptionProvider
{
    // After the provider of minimal APIs, whose order is -1100.
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context) { }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var answers in context.Results.Select(r => r.SupportedResponseTypes))
        {
            foreach (var answer in answers.Where(a => IsInternal(a.Type)).ToList())
            {
                answers.Remove(answer);
            }
        }
    }

    private static bool IsInternal(Type? type) =>
        type is not null
        && (
            type == typeof(CommandResult)
            || type == typeof(QueryResult)
            || type == typeof(Problem)
            || type.IsAssignableTo(typeof(IResult))
            || type.IsAssignableTo(typeof(ProblemDetails))
        );
}
