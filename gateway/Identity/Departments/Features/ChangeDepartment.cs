using CustomerService.Identity.Data;
using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Departments.Features;

internal static class ChangeDepartment
{
    internal sealed record Request
    {
        public required DepartmentNames Names { get; init; }

        /// <summary>False closes it.</summary>
        public required bool Active { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Names).NotNull().SetValidator(new DepartmentNamesValidator());
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/departments/{id:guid}/change", Handle)
            .AsCommand()
            .WithSummary("Rename a department, or close it")
            .WithDescription("409 `department-in-use` where it is closed and has active people.")
            .Produces<DepartmentView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Departments,
            id,
            async (department, context) =>
                !body.Active && await db.Users.AnyAsync(u => u.Active && u.Department == department.Code, cancellation)
                    ? Refusal.ByRule("department-in-use", UserRules.Rule, ["reassignment"], Roles.Administrator)
                    : department.Change(context, body.Names, body.Active),
            DepartmentView.From,
            cancellation
        );
}
