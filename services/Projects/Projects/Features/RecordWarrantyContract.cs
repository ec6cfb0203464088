using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class RecordWarrantyContract
{
    /// <param name="Number">Its number.</param>
    /// <param name="SignedOn">Its date.</param>
    /// <param name="FileId">File of the project with the contract.</param>
    /// <param name="Terms">What it agrees, in words; terms by part are commitments.</param>
    /// <param name="Exclusions">What it does not cover.</param>
    internal sealed record Request(
        string Number,
        DateOnly? SignedOn,
        Guid? FileId,
        string Terms,
        IReadOnlyList<string>? Exclusions = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Number).RequiredText(60);
            RuleFor(r => r.SignedOn).NotNull();
            RuleFor(r => r.FileId).NotNull();
            RuleFor(r => r.Terms).RequiredText();
            RuleFor(r => r.Exclusions).AtMost(100);
            RuleForEach(r => r.Exclusions).RequiredText(500);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/record-contract", Handle)
            .AsCommand()
            .WithSummary("Records the warranty contract (保修合同)")
            .WithDescription(
                """
                Rule P3: number, date, file, terms and exclusions. The file is one of the project and stays from then on (409
                contract-file-unknown, date-in-future). A project that was handed over without a contract says so in its
                `warnings` (warranty-contract-missing).
                """
            )
            .WithExample(
                new Request(
                    "BX-2024-017",
                    new DateOnly(2024, 1, 31),
                    Guid.Parse("0192f0c1-7a00-7000-8000-000000000031"),
                    "保修範圍及期限按表 3.1，屋面防水八年。",
                    ["業主自行改造的部位"]
                )
            )
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            async (project, context) =>
            {
                var contract = new WarrantyContract(
                    body.Number.Trim(),
                    body.SignedOn!.Value,
                    body.FileId!.Value,
                    body.Terms,
                    body.Exclusions ?? []
                );
                var held = await files.HoldAsync(context, id, [contract.FileId], null, cancellation);
                return project.RecordContract(context, new ContractInput(contract, held.Count > 0));
            },
            ProjectView.From,
            cancellation
        );
}
