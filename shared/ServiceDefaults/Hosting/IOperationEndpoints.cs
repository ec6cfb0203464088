using Microsoft.AspNetCore.Routing;

namespace CustomerService.ServiceDefaults;

/// <summary>Endpoints for operators that a registered part brings along, see
/// <see cref="Operations.MapOperations"/>.</summary>
public interface IOperationEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="operations">The group <c>…/operations</c>, for operators and administrators only.</param>
    void Map(IEndpointRouteBuilder operations);
}
