using CustomerService.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerService.Identity.Pages.Account;

internal sealed class LoginModel(PasswordSignIn signIn, IdentitySettings settings) : PageModel
{
    public string? UserName { get; private set; }

    /// <summary>Key of the text.</summary>
    public string? Error { get; private set; }

    public IReadOnlyDictionary<string, object?>? ErrorArguments { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? userName, string? password, [FromQuery] string? returnUrl)
    {
        UserName = userName?.Trim();
        // No name has such characters, and a zero byte no database could even look for.
        if (!Characters.IsStorable(UserName))
        {
            return Fail("account.error.wrong");
        }

        if (
            string.IsNullOrEmpty(UserName)
            || string.IsNullOrEmpty(password)
            || UserName.Length > 100
            || password.Length > 200
        )
        {
            return Fail("account.error.incomplete");
        }

        switch (await signIn.TryAsync(HttpContext, UserName, password))
        {
            case SignInOutcome.Done:
                return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/account/signed-in");
            case SignInOutcome.Locked:
                ErrorArguments = new Dictionary<string, object?>
                {
                    ["minutes"] = (int)settings.LockOutTime.TotalMinutes,
                };
                return Fail("account.error.locked");
            default:
                return Fail("account.error.wrong");
        }
    }

    private PageResult Fail(string error)
    {
        Error = error;
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
