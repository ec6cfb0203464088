using CustomerService.Contracts.Identity.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the departments that Identity announces.</summary>
internal sealed class TrackDepartments(RegistryStore store) : IConsumer<DepartmentChanged>
{
    public async Task Consume(ConsumeContext<DepartmentChanged> context)
    {
        var e = context.Message;
        var copy = await store.CopyAsync(
            e.DepartmentId,
            given => new DepartmentCopy { Id = given },
            context.CancellationToken
        );
        copy.Apply(e);
    }
}
