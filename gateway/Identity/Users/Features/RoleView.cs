namespace CustomerService.Identity.Users.Features;

/// <summary>A role that a person can be given.</summary>
/// <param name="Name">As it stands in tokens.</param>
/// <param name="Title">In the caller's language.</param>
/// <param name="Staff">True for people inside the company, who may read its records.</param>
internal sealed record RoleView(string Name, string Title, bool Staff);
