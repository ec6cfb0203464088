using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerService.Identity.Pages.Account;

internal sealed class LogoutModel : PageModel
{
    public bool SignedIn { get; private set; }

    public async Task OnGetAsync() => SignedIn = (await HttpContext.AuthenticateAsync(PasswordSignIn.Scheme)).Succeeded;

    public async Task<IActionResult> OnPostAsync([FromQuery] string? returnUrl)
    {
        await HttpContext.SignOutAsync(PasswordSignIn.Scheme);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/account/logout");
    }
}
