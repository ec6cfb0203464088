using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Components;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>A page with the style sheet and scripts of this service.</summary>
internal static class SurveyPage
{
    /// <param name="model">The component's model.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="sends">Whether its script sends something, and opens the page without a connection.</param>
    public static IResult Of<TPage>(object model, int status, bool sends = false)
        where TPage : IComponent =>
        new PageResult<TPage>(
            model,
            status,
            "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                + (sends ? "; connect-src 'self'; worker-src 'self'" : "")
        );
}
