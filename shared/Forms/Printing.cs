using System.Resources;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Forms;

/// <summary>Printing of forms in a service.</summary>
public static class Printing
{
    /// <summary>Header that names the characters of a form that no font has.</summary>
    public const string MissingHeader = "Missing-Characters";

    /// <summary>Adds the fonts (settings <c>Forms:Font</c>, <c>Forms:FallbackFonts</c>) and the texts that stand on
    /// every form.</summary>
    public static IServiceCollection AddForms(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new FormFont(configuration["Forms:Font"], configuration["Forms:FallbackFonts"]));
        services.AddSingleton(new ResourceManager("CustomerService.Forms.Resources.Texts", typeof(Printing).Assembly));
        return services;
    }

    /// <summary>Answers with a printed form, or with 503 <c>font-missing</c> and what to install.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">Name under which a browser saves it.</param>
    /// <param name="print">Draws the form.</param>
    public static IResult Pdf(HttpContext context, string fileName, Func<PrintedForm> print)
    {
        try
        {
            var form = print();
            context.Response.Headers.CacheControl = "private, no-cache";
            if (form.Missing.Count > 0)
            {
                context.Response.Headers[MissingHeader] = string.Join(", ", form.Missing);
            }

            return Results.File(form.Pdf, "application/pdf", fileName);
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
