using CustomerService.Identity.Data;
using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Departments.Features;

internal static class CreateDepartment
{
    /// <param name="Code">Short name for machines, the <c>department</c> claim: lower-case letters, digits and
    /// hyphens.</param>
    /// <param name="Language">In which it is written to: <c>zh-Hant</c> (default), <c>zh-Hans</c> or <c>en</c>.</param>
    /// <param name="Calendar">Name of its working calendar; default <c>company</c>.</param>
    internal sealed record Request(string Code, DepartmentNames Names, string? Language, string? Calendar);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Code).NotEmpty().Matches("^[a-z0-9][a-z0-9-]{0,49}$");
            RuleFor(r => r.Names).NotNull().SetValidator(new DepartmentNamesValidator());
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/departments", Handle)
            .AsCommand()
            .WithSummary("Create a department")
            .WithDescription("Head and deputy follow by a change, when it has people.")
            .Produces<DepartmentView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await db.Departments.AnyAsync(d => d.Code == body.Code, cancellation))
        {
            return Refusal.ByRule("department-exists", UserRules.Rule, ["code"], Roles.Administrator);
        }

        return caller.Create<Department>(
            db,
            "departments",
            Department.Create(
                caller.Context(),
                body.Code,
                new(body.Names, body.Language ?? Department.Languages[0], body.Calendar ?? Department.UsualCalendar)
            ),
            DepartmentView.From
        );
    }
}
