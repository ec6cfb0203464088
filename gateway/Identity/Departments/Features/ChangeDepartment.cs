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

        /// <summary>Account of the head: active and of this department. Null for none.</summary>
        public Guid? HeadId { get; init; }

        /// <summary>Account of the deputy, of whom the same holds.</summary>
        public Guid? DeputyId { get; init; }

        /// <summary>In which it is written to: <c>zh-Hant</c>, <c>zh-Hans</c> or <c>en</c>. Null keeps it.</summary>
        public string? Language { get; init; }

        /// <summary>Name of its working calendar. Null keeps it.</summary>
        public string? Calendar { get; init; }

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
            .WithSummary("Change a department: names, head and deputy, language, calendar; or close it")
            .WithDescription(
                "409 `department-in-use` where it is closed and has active people; `holder-not-of-department` where head or "
                    + "deputy is not an active person of it."
            )
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
            {
                if (
                    !body.Active
                    && await db.Users.AnyAsync(u => u.Active && u.Department == department.Code, cancellation)
                )
                {
                    return Refusal.ByRule("department-in-use", UserRules.Rule, ["reassignment"], Roles.Administrator);
                }

                var people = await db
                    .Users.AsNoTracking()
                    .Where(u => u.Id == body.HeadId || u.Id == body.DeputyId)
                    .ToDictionaryAsync(u => u.Id, cancellation);
                foreach (var (id, name) in ((Guid?, string)[])[(body.HeadId, "headId"), (body.DeputyId, "deputyId")])
                {
                    if (id is { } asked && !people.ContainsKey(asked))
                    {
                        return Refusal.Invalid("user-unknown", UserRules.Rule, name);
                    }
                }

                return department.Change(
                    context,
                    new(body.Names, body.Language ?? department.Language, body.Calendar ?? department.Calendar),
                    body.HeadId is { } head ? people[head] : null,
                    body.DeputyId is { } deputy ? people[deputy] : null,
                    body.Active
                );
            },
            DepartmentView.From,
            cancellation
        );
}
