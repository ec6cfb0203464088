using System.Resources;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Forms;

/// <summary>Printing of forms in a service.</summary>
public static class Printing
{
    /// <summary>Adds the font (setting <c>Forms:Font</c>) and the texts that stand on every form.</summary>
    public static IServiceCollection AddForms(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new FormFont(configuration["Forms:Font"]));
        services.AddSingleton(new ResourceManager("CustomerService.Forms.Resources.Texts", typeof(Printing).Assembly));
        return services;
    }

    /// <summary>Answers with a printed form, or with 503 <c>font-missing</c> and what to install.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">Name under which a browser saves it.</param>
    /// <param name="print">Draws the form.</param>
    internal static IResult Pdf(HttpContext context, string fileName, Func<byte[]> print)
    {
        try
        {
            var pdf = print();
            context.Response.Headers.CacheControl = "private, no-cache";
            return Results.File(pdf, "application/pdf", fileName);
        }
        catch (FontMissingException missing)
        {
            return Problems.Result(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "font-missing",
                detail: missing.Message
            );
        }
    }
}
