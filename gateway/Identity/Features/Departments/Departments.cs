using CustomerService.Identity.Data;
using CustomerService.Identity.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Features.Departments;

/// <param name="Names">By language.</param>
internal sealed record DepartmentView(Guid Id, string State, long Version, string Code, DepartmentNames Names)
{
    public static DepartmentView From(Department department) =>
        new(
            department.Id,
            department.Active ? "active" : "inactive",
            department.Version,
            department.Code,
            new(department.NameEn, department.NameZhHant, department.NameZhHans)
        );
}

internal sealed class DepartmentNamesValidator : AbstractValidator<DepartmentNames>
{
    public DepartmentNamesValidator()
    {
        RuleFor(n => n.En).NotEmpty().MaximumLength(200);
        RuleFor(n => n.ZhHant).NotEmpty().MaximumLength(200);
        RuleFor(n => n.ZhHans).NotEmpty().MaximumLength(200);
    }
}

internal static class ReadDepartments
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/departments", ListAsync)
            .WithSummary("List departments")
            .WithDescription("For staff. In the order of their creation.")
            .Produces<Page<DepartmentView>>();
        routes.MapGet("/departments/{id:guid}", GetAsync).WithSummary("Read a department").Produces<DepartmentView>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IdentityDb db,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        var departments = db.Departments.AsNoTracking();
        departments = page!.After is { } last ? departments.Where(d => d.Id > last) : departments;
        var read = await departments.OrderBy(d => d.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, d => d.Id, DepartmentView.From), Json.Options);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Guid id,
        IdentityDb db,
        CancellationToken cancellationToken
    )
    {
        var department = await db.Departments.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        return ETags.Representation(
            context,
            department is null ? null : DepartmentView.From(department),
            department?.Version ?? 0
        );
    }
}

internal static class CreateDepartment
{
    /// <param name="Code">Short name for machines, the <c>department</c> claim: lower-case letters, digits and
    /// hyphens.</param>
    internal sealed record Request(string Code, DepartmentNames Names);

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
            .Produces<DepartmentView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (await db.Departments.AnyAsync(d => d.Code == body.Code, cancellationToken))
        {
            return Refusal.ByRule("department-exists", UserRules.Rule, ["code"], Roles.Administrator);
        }

        var department = Department.Create(body.Code, body.Names, caller.Flow(1));
        db.Departments.Add(department);
        return CommandResult.Created(
            $"/api/identity/v1/departments/{department.Id}",
            DepartmentView.From(department),
            department.Version
        );
    }
}

internal static class ChangeDepartment
{
    internal sealed record Request(DepartmentNames Names, bool? Active);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Names).NotNull().SetValidator(new DepartmentNamesValidator());
            RuleFor(r => r.Active).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/departments/{id:guid}", Handle)
            .AsCommand()
            .WithSummary("Rename a department, or close it")
            .Produces<DepartmentView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var department = await db.Departments.SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (caller.Precondition(department) is { } failed)
        {
            return failed;
        }

        if (
            body.Active == false
            && await db.Users.AnyAsync(u => u.Active && u.Department == department!.Code, cancellationToken)
        )
        {
            return Refusal.ByRule("department-in-use", UserRules.Rule, ["reassignment"], Roles.Administrator);
        }

        department!.Change(body.Names, body.Active!.Value, caller.Flow(1));
        return CommandResult.Ok(DepartmentView.From(department), department.Version);
    }
}
