using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>A page that Razor renders: a component with one parameter, its model.</summary>
/// <param name="model">The model.</param>
/// <param name="status">Status of the answer.</param>
/// <param name="sends">Whether its script sends something, and opens the page without a connection.</param>
internal sealed class PageResult<TPage>(object model, int status, bool sends = false) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
            return (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString();
        });

        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            + (sends ? "; connect-src 'self'; worker-src 'self'" : "");
        response.Headers.XContentTypeOptions = "nosniff";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }
}
