"""`GET /methods`: the explanation methods and their parameters."""

from fastapi import APIRouter

from api_schemas.methods import MethodList, describe_methods

router = APIRouter(tags=["explain"])


@router.get("/methods")
async def list_methods() -> MethodList:
    """List every method, with the JSON Schema of its parameters."""
    return describe_methods()
